import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'

/** The title of a dialog, and the button that closes it. */
export function DialogHead({ title, className }: { title: string; className: string }) {
  return (
    <header className={`flex flex-none items-center ${className}`}>
      <Dialog.Title className="min-w-0 truncate text-base font-semibold">{title}</Dialog.Title>
      <Dialog.Close className="button button-quiet button-square ml-auto" aria-label="Close">
        <X size={16} />
      </Dialog.Close>
    </header>
  )
}
