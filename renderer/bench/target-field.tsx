import { Autocomplete } from '@base-ui/react/autocomplete'
import { X } from 'lucide-react'
import { useId } from 'react'
import { Swatch } from '../parts/attempt-chain.tsx'
import type { Suggestion, SuggestionGroup } from './suggestions.ts'
import type { Suggestions } from './use-suggestions.ts'

interface TargetFieldProps {
  /** From 1. */
  place: number
  target: string
  problem: string | null
  suggestions: Suggestions
  disabled: boolean
  set: (target: string) => void
  /** `null` for the only one. */
  remove: (() => void) | null
}

/** Chooses one model: of a list, or typed as `provider/model`. */
export function TargetField({ place, target, problem, suggestions, disabled, set, remove }: TargetFieldProps) {
  const id = useId()
  const name = `Model ${place}`
  const isKnown = suggestions.groups.some(({ items }) => items.some((item) => item.target === target))
  return (
    <div className="bench-head">
      <div className="flex items-center gap-2">
        <Swatch provider={target.split('/')[0]!} />
        <Autocomplete.Root
          items={suggestions.groups}
          value={target}
          onValueChange={set}
          itemToStringValue={(item: Suggestion) => item.target}
          // A whole name looks for others in its place; anything else narrows the list.
          filter={(item: Suggestion, typed) =>
            isKnown || item.target.toLowerCase().includes(typed.trim().toLowerCase())
          }
          disabled={disabled}
          openOnInputClick
        >
          <Autocomplete.Input
            className="field min-w-0 flex-1 font-mono"
            aria-label={name}
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : `${id}-problem`}
            placeholder="provider/model"
            spellCheck={false}
            onFocus={suggestions.ask}
          />
          <Autocomplete.Portal>
            <Autocomplete.Positioner className="z-20 outline-none" sideOffset={4} align="start">
              <Autocomplete.Popup className="choices">
                <Autocomplete.Status className="px-3 py-1.5 text-xs text-ink-3 empty:hidden">
                  {suggestions.asking && 'Asking the providers for their models…'}
                </Autocomplete.Status>
                <Autocomplete.Empty className="px-3 py-1.5 text-xs text-ink-3 empty:hidden">
                  {!suggestions.asking && 'None is known by that name. It is asked for as it stands.'}
                </Autocomplete.Empty>
                <Autocomplete.List className="choices-list">
                  {(group: SuggestionGroup) => <Group key={group.provider} group={group} />}
                </Autocomplete.List>
              </Autocomplete.Popup>
            </Autocomplete.Positioner>
          </Autocomplete.Portal>
        </Autocomplete.Root>
        <button
          type="button"
          className="button button-quiet button-square -mr-2"
          aria-label={`Remove ${name.toLowerCase()}`}
          disabled={disabled || remove === null}
          onClick={() => remove?.()}
        >
          <X size={13} />
        </button>
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-xs text-error">
          {problem}
        </p>
      )}
    </div>
  )
}

function Group({ group: { provider, items } }: { group: SuggestionGroup }) {
  return (
    <Autocomplete.Group items={items}>
      <Autocomplete.GroupLabel className="label flex items-center gap-2 px-3 pt-2 pb-1">
        <Swatch provider={provider} />
        {provider}
      </Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: Suggestion) => (
          <Autocomplete.Item key={item.target} value={item} className="choice">
            <span className="min-w-0 truncate font-mono text-xs">{item.model}</span>
            <span className="ml-auto flex-none text-xs text-ink-3">
              {item.loaded ? <span className="text-ok">loaded</span> : item.routed && 'in a route'}
            </span>
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}
