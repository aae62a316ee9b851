import { Plus } from 'lucide-react'
import { useState } from 'react'
import { addRoute, nameProblem } from './add-route.ts'
import { drafts } from './draft-store.ts'

interface AddRouteButtonProps {
  /** Names in use. */
  taken: readonly string[]
  /** Shows the new route, which is text that does not run yet. */
  open: (route: string) => void
}

/** Begins a new route under a name that is typed in. */
export function AddRouteButton({ taken, open }: AddRouteButtonProps) {
  const [name, setName] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  if (name === null)
    return (
      <button type="button" className="button" onClick={() => setName('')}>
        <Plus size={13} aria-hidden />
        Add route
      </button>
    )
  const close = () => {
    setName(null)
    setFailure(null)
  }
  const add = () => {
    const draft = drafts.get()
    const problem = nameProblem(name.trim(), taken)
    if (problem !== null || draft === null) return setFailure(problem)
    try {
      drafts.setText(addRoute(draft.text, name.trim(), { provider: 'sandbox', model: 'echo' }))
      close()
      open(name.trim())
    } catch (error) {
      setFailure((error as Error).message)
    }
  }
  return (
    <form
      className="relative flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <input
        className="field w-44"
        placeholder="Name of the route"
        aria-label="Name of the route"
        aria-invalid={failure !== null}
        // biome-ignore lint/a11y/noAutofocus: the button was pressed to type it
        autoFocus
        spellCheck={false}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
        }}
      />
      <button type="submit" className="button" disabled={name.trim() === ''}>
        Add
      </button>
      {failure && (
        <p
          role="alert"
          className="absolute top-8 right-0 z-10 rounded-md border border-line-strong bg-raised px-2.5 py-1 text-xs whitespace-nowrap text-error"
        >
          {failure}
        </p>
      )}
    </form>
  )
}
