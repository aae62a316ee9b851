import { Dialog } from '@base-ui/react/dialog'
import { Fragment, useRef, useState } from 'react'
import { activeBindings, type KeyBinding, useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'
import { KeyCaps } from '../parts/key-caps.tsx'

const groups: readonly KeyBinding['group'][] = [
  'Anywhere',
  'Live',
  'Routes',
  'Cache',
  'Guardrails',
  'Compare',
  'Bench',
  'Annotate',
  'Lists',
  'Request',
]

/** Every key that does something on the page that is open. */
export function KeyMap({ close }: { close: () => void }) {
  const [bindings] = useState(activeBindings)
  const popup = useRef<HTMLDivElement>(null)
  useKeys([], { exclusive: true })
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup ref={popup} initialFocus={popup} className="popup overflow-y-auto px-6 pt-4 pb-6 outline-none">
          <DialogHead title="Keys" className="mb-2" />
          {groups.map((group) => (
            <Group key={group} group={group} bindings={bindings.filter((binding) => binding.group === group)} />
          ))}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ group, bindings }: { group: string; bindings: readonly KeyBinding[] }) {
  if (bindings.length === 0) return null
  return (
    <section className="grid grid-cols-[1fr_auto] gap-y-1.5 border-t border-line py-3 text-sm">
      <h3 className="label col-span-2">{group}</h3>
      {bindings.map((binding) => (
        <Fragment key={binding.name}>
          <span>{binding.name}</span>
          <span className="flex items-center justify-end gap-1.5 text-ink-3">
            {binding.keys.map((keys, position) => (
              <Fragment key={keys}>
                {position > 0 && 'or'}
                <KeyCaps keys={keys} />
              </Fragment>
            ))}
          </span>
        </Fragment>
      ))}
    </section>
  )
}
