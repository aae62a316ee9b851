import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useKeys } from '../keys.ts'

interface SidePanelProps {
  title: ReactNode
  close: () => void
  children: ReactNode
}

/** A slide-over beside the page, which stays usable. Esc closes it. */
export function SidePanel({ title, close, children }: SidePanelProps) {
  const popup = useRef<HTMLDivElement>(null)
  useKeys([{ keys: ['Escape'], name: 'Close the panel', group: 'Lists', run: close }])
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
      modal={false}
      disablePointerDismissal
    >
      <Dialog.Portal>
        <Dialog.Popup className="slide-over" ref={popup} initialFocus={popup}>
          <header className="flex h-(--head-height) flex-none items-center gap-2 border-b border-line pr-3 pl-5">
            <Dialog.Title className="flex min-w-0 flex-1 items-center gap-2 text-base font-semibold">
              {title}
            </Dialog.Title>
            <Dialog.Close className="button button-quiet button-square" aria-label="Close">
              <X size={16} />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto pb-10">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
