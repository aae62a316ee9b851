import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { useKeys } from '../keys.ts'
import { useOpenRequest } from '../location.ts'
import { KeyCaps } from '../parts/key-caps.tsx'
import type { Command } from './commands.ts'
import { findRequestId } from './find-request.ts'

/** Commands by name, and any request by its id. */
export function Palette({ commands, close }: { commands: readonly Command[]; close: () => void }) {
  const [text, setText] = useState('')
  const [position, setPosition] = useState(0)
  const [failure, setFailure] = useState<string | null>(null)
  const [, openRequest] = useOpenRequest()
  useKeys([], { exclusive: true })

  const wanted = text.trim().toLowerCase()
  const found = commands.filter((command) =>
    wanted.split(/\s+/).every((word) => command.name.toLowerCase().includes(word)),
  )
  const byId: Command = {
    name: `Open request ${text.trim()}`,
    run: () => {
      findRequestId(text.trim()).then(
        (id) => {
          close()
          openRequest(id)
        },
        (error: Error) => setFailure(error.message),
      )
    },
  }
  const choices = /^[\w-]{8,}$/.test(wanted) && found.length === 0 ? [byId] : found
  const choose = (command: Command | undefined) => {
    if (command !== undefined && command !== byId) close()
    command?.run()
  }
  const move = (by: number) => setPosition((position + by + choices.length) % Math.max(1, choices.length))

  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup className="popup flex flex-col" aria-label="Command palette">
          <input
            className="h-12 flex-none border-b border-line bg-transparent px-5 text-lg outline-none"
            placeholder="Command, or the id of a request"
            role="combobox"
            aria-expanded
            aria-controls="palette-choices"
            aria-activedescendant={choices.length > 0 ? `palette-${position}` : undefined}
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the first letters typed after the shortcut must not be lost
            autoFocus
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setPosition(0)
              setFailure(null)
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') move(1)
              else if (event.key === 'ArrowUp') move(-1)
              else if (event.key === 'Enter') choose(choices[position])
              else return
              event.preventDefault()
            }}
          />
          <div id="palette-choices" role="listbox" aria-label="Commands" className="min-h-0 overflow-y-auto p-2">
            {choices.map((command, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above answers the keyboard
              <div
                key={command.name}
                id={`palette-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === position}
                className={`flex h-9 items-center rounded-md px-3 ${index === position ? 'bg-selected' : 'text-ink-2'}`}
                onPointerMove={() => setPosition(index)}
                onClick={() => choose(command)}
              >
                <span className="truncate">{command.name}</span>
                {command.keys && (
                  <span className="ml-auto">
                    <KeyCaps keys={command.keys} />
                  </span>
                )}
              </div>
            ))}
            {choices.length === 0 && <p className="px-3 py-2 text-sm text-ink-3">No command has that name.</p>}
            {failure && (
              <p role="alert" className="px-3 py-2 text-sm text-error">
                {failure}
              </p>
            )}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
