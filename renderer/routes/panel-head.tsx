import { X } from 'lucide-react'

interface PanelHeadProps {
  name: string
  /** What the button says that closes it. */
  closing: string
  close: () => void
}

/** The head of what is open of a route. */
export function PanelHead({ name, closing, close }: PanelHeadProps) {
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-b border-line pr-3 pl-5">
      <h2 className="min-w-0 flex-1 truncate text-base font-semibold">{name}</h2>
      <button type="button" className="button button-quiet button-square" aria-label={closing} onClick={close}>
        <X size={16} />
      </button>
    </header>
  )
}
