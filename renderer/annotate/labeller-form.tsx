import { useEffect, useRef, useState } from 'react'
import { setLabeller, useLabeller } from './labeller.ts'

const LONGEST = 64

/** Asks once who is labelling. */
export function LabellerForm() {
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // There is nothing else to do here.
  useEffect(() => field.current?.focus(), [])
  const given = name.trim()
  return (
    <section className="mx-auto w-full max-w-150 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">Who is labelling?</h2>
      <p className="mb-5 text-ink-2">
        Labels carry the name of whoever gave them, so that it can be seen how far people agree. It is kept in this
        browser, and believed: Gatehouse has no accounts. Everyone who labels needs a name of their own.
      </p>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (given !== '') setLabeller(given)
        }}
      >
        <input
          ref={field}
          type="text"
          className="field min-w-0 flex-1"
          aria-label="Your name"
          placeholder="Your name"
          maxLength={LONGEST}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button button-strong" disabled={given === ''}>
          Begin
        </button>
      </form>
    </section>
  )
}

/** Says who is labelling, and lets somebody else take over. */
export function LabellerName() {
  const name = useLabeller()
  if (name === null) return null
  return (
    <span className="ml-auto flex min-w-0 items-center gap-2 text-sm text-ink-2">
      <span className="truncate">
        Labelling as <strong className="font-medium text-ink">{name}</strong>
      </span>
      <button type="button" className="button button-quiet" onClick={() => setLabeller(null)}>
        Somebody else
      </button>
    </span>
  )
}
