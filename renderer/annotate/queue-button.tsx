import { ClipboardPen } from 'lucide-react'
import { Link } from 'wouter'
import { useIsViewer } from '../role.ts'
import { addPath } from './page-address.ts'

/** Puts a recorded request into the annotation queue, and goes there. */
export function QueueButton({ request }: { request: string }) {
  if (useIsViewer()) return null
  return (
    <Link href={addPath(request)} className="button button-quiet" title="Put it into the annotation queue">
      <ClipboardPen size={13} aria-hidden />
      Annotate
    </Link>
  )
}
