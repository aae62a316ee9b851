import { Dialog } from '@base-ui/react/dialog'
import { type ReactNode, useId, useRef } from 'react'
import { useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'

interface FormDialogProps {
  title: string
  /** What the button says that does it. */
  action: string
  ready: boolean
  error: Error | null
  submit: () => void
  close: () => void
  children: ReactNode
}

/** A few fields, and one thing that is done with them. */
export function FormDialog({ title, action, ready, error, submit, close, children }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null)
  useKeys([{ keys: ['Escape'], name: 'Close', group: 'Compare', run: close, inFields: true }], { exclusive: true })
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup className="popup px-6 pt-4 pb-5" initialFocus={() => form.current?.querySelector('input')}>
          <DialogHead title={title} className="mb-2" />
          <form
            ref={form}
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              if (ready) submit()
            }}
          >
            {children}
            {error && (
              <p role="alert" className="note note-error">
                {error.message}
              </p>
            )}
            <div className="flex justify-end gap-2">
              <button type="button" className="button button-quiet" onClick={close}>
                Cancel
              </button>
              <button type="submit" className="button button-strong" disabled={!ready}>
                {action}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface TextFieldProps {
  label: string
  hint?: string
  value: string
  change: (value: string) => void
}

export function TextField({ label, hint, value, change }: TextFieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm">
        {label}
      </label>
      <input
        id={id}
        className="field w-full"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => change(target.value)}
      />
      {hint && <p className="mt-1 text-xs text-ink-3">{hint}</p>}
    </div>
  )
}
