import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from './api.ts'
import { live } from './live/client.ts'
import { Failure } from './parts/failure.tsx'
import { queryClient, sessionQuery } from './queries.ts'
import { Shell } from './shell/shell.tsx'
import { SignIn } from './shell/sign-in.tsx'

/**
 * Who is signed in decides what there is: the pages, the sign-in screen, or why neither can be shown. A `code` from
 * a sign-in link is used first: an answer to the question who is signed in could otherwise be older than its effect.
 */
export function App({ code }: { code: string | null }) {
  const link = useMutation({
    mutationFn: api.signIn,
    onSuccess: (session) => queryClient.setQueryData(sessionQuery.queryKey, session),
  })
  const session = useQuery({ ...sessionQuery, enabled: code === null || link.isSuccess || link.isError })
  const used = useRef(false)
  const { mutate } = link
  useEffect(() => {
    if (code === null || used.current) return
    used.current = true
    mutate({ code })
  }, [code, mutate])

  const signedIn = session.data?.signed_in === true
  useEffect(() => (signedIn ? live.start() : undefined), [signedIn])

  if (session.data === undefined) {
    if (session.error === null) return null
    return (
      <main className="mx-auto max-w-150 pt-[20vh]">
        <Failure what="Gatehouse" error={session.error} retry={() => void session.refetch()} />
      </main>
    )
  }
  if (signedIn) return <Shell />
  return <SignIn linkFailure={link.error} />
}
