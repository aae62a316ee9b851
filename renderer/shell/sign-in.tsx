import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, api } from '../api.ts'
import { queryClient, sessionQuery } from '../queries.ts'
import { Gate } from './gate.tsx'

/** Asks for the one-time code or a token. `linkFailure` says why the link that was followed did not do. */
export function SignIn({ linkFailure }: { linkFailure: Error | null }) {
  const [secret, setSecret] = useState('')
  const signIn = useMutation({
    mutationFn: signInWithEither,
    onSuccess: (session) => queryClient.setQueryData(sessionQuery.queryKey, session),
  })
  const failure = signIn.error ?? linkFailure
  return (
    <main className="flex h-full flex-col overflow-y-auto px-6">
      <form
        className="m-auto w-full max-w-104 py-12"
        onSubmit={(event) => {
          event.preventDefault()
          if (secret.trim() !== '') signIn.mutate(withoutLink(secret.trim()))
        }}
      >
        <div className="-ml-1">
          <Gate size={34} />
        </div>
        <h1 className="mt-5 text-2xl font-semibold tracking-tight">Sign in to Gatehouse</h1>
        <label className="mt-7 mb-1.5 block text-sm font-medium" htmlFor="secret">
          One-time code, admin token or viewer token
        </label>
        <div className="flex gap-2">
          <input
            id="secret"
            className="field h-9 min-w-0 flex-1 font-mono"
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the field is all that this screen is for
            autoFocus
            aria-invalid={failure !== null}
            aria-describedby="secret-help"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
          <button type="submit" className="button button-strong h-9 px-4" disabled={signIn.isPending}>
            Sign in
          </button>
        </div>
        {failure && (
          <p role="alert" className="mt-2 text-sm text-error">
            {failure.message} {failure instanceof ApiError && failure.hint}
          </p>
        )}
        <div id="secret-help" className="mt-8 border-t border-line pt-4 text-sm text-ink-2">
          <p>Gatehouse prints a sign-in link with the code when it starts. For a new one, run this on its machine:</p>
          <p className="mt-2 font-mono text-ink">npx gatehouse signin</p>
        </div>
      </form>
    </main>
  )
}

/** Whoever pastes the whole sign-in link means the code in it. */
function withoutLink(secret: string): string {
  return /#code=([^&\s]+)/.exec(secret)?.[1] ?? secret
}

/** What was typed does not say which of the two it is: the code is tried first, since it is the usual one. */
async function signInWithEither(secret: string) {
  try {
    return await api.signIn({ code: secret })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return api.signIn({ token: secret })
    throw error
  }
}
