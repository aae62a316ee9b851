import { Fragment, useRef } from 'react'
import { useKeys } from '../keys.ts'
import { filterTerms } from '../live/filter.ts'

interface FilterFieldProps {
  text: string
  setText: (text: string) => void
  /** Terms that were not understood. */
  unknown: readonly string[]
}

/** The filter of a page. `/` goes to it; Esc empties it, and leaves it when it is empty. */
export function FilterField({ text, setText, unknown }: FilterFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useKeys([{ keys: ['/'], name: 'Filter', group: 'Lists', run: () => field.current?.focus() }])
  return (
    <div className="relative ml-auto min-w-0 flex-[0_1_400px]">
      <input
        ref={field}
        type="text"
        className="peer field w-full pr-8"
        placeholder="Filter by words, route: status: is:fallback …"
        aria-label="Filter requests"
        aria-invalid={unknown.length > 0}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') field.current?.blur()
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (text === '') field.current?.blur()
          else setText('')
        }}
      />
      <kbd className="key pointer-events-none absolute top-[5px] right-1.5" aria-hidden>
        /
      </kbd>
      {text === '' && (
        <dl className="absolute top-9 right-0 left-0 z-10 hidden grid-cols-[auto_1fr] gap-x-5 gap-y-1 rounded-md border border-line-strong bg-raised px-3 py-2.5 text-xs shadow-(--shadow) peer-focus:grid">
          {filterTerms.map(([term, meaning]) => (
            <Fragment key={term}>
              <dt className="font-mono">{term}</dt>
              <dd className="text-ink-3">{meaning}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {unknown.length > 0 && (
        <p
          role="status"
          className="absolute top-8 right-0 z-10 rounded-md border border-line-strong bg-raised px-2.5 py-1 text-xs text-fallback"
        >
          Not understood: {unknown.join(' ')}
        </p>
      )}
    </div>
  )
}
