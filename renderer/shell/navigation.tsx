import { Search } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { pages } from '../pages/index.ts'
import { Gate } from './gate.tsx'
import { ThemeButton } from './theme-button.tsx'

/** The way between pages; below 900 px only the icons are left. */
export function Navigation({ openPalette }: { openPalette: () => void }) {
  const [path] = useLocation()
  return (
    <nav aria-label="Pages" className="flex flex-col border-r border-line bg-surface px-2.5 pb-2.5">
      <div className="mb-3 flex h-(--head-height) flex-none items-center gap-2.5 px-2">
        <Gate size={19} />
        <span className="font-semibold tracking-tight max-[900px]:hidden">Gatehouse</span>
      </div>
      {pages.map((page) => {
        const current = page.path === path
        return (
          <Link
            key={page.path}
            href={page.path}
            aria-current={current ? 'page' : undefined}
            title={page.name}
            className={`flex h-8 items-center gap-2.5 rounded-md px-2 text-base ${current ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink'}`}
          >
            <page.icon size={15} className="flex-none" aria-hidden />
            <span className="max-[900px]:hidden">{page.name}</span>
          </Link>
        )
      })}
      <div className="mt-auto flex items-center gap-1 max-[900px]:flex-col">
        <button
          type="button"
          className="button button-quiet min-w-0 flex-1 px-2 max-[900px]:flex-none max-[900px]:px-2"
          onClick={openPalette}
          title="Command palette"
        >
          <Search size={14} className="flex-none" aria-hidden />
          <span className="max-[900px]:hidden">Commands</span>
          <kbd className="ml-auto flex-none font-sans text-xs text-ink-3 max-[900px]:hidden">
            {isApple ? '⌘K' : 'Ctrl K'}
          </kbd>
        </button>
        <ThemeButton />
      </div>
    </nav>
  )
}

const isApple = navigator.platform.startsWith('Mac')
