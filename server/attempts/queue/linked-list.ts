/** Items carry their own links, so that any of them leaves in constant time. An item is in one list at most. */
export interface Linked<T> {
  previous: T | null
  next: T | null
}

export class LinkedList<T extends Linked<T>> {
  first: T | null = null
  last: T | null = null
  length = 0

  push(item: T): void {
    item.previous = this.last
    item.next = null
    if (this.last === null) this.first = item
    else this.last.next = item
    this.last = item
    this.length += 1
  }

  /** `item` must be in this list. */
  remove(item: T): void {
    if (item.previous === null) this.first = item.next
    else item.previous.next = item.next
    if (item.next === null) this.last = item.previous
    else item.next.previous = item.previous
    item.previous = null
    item.next = null
    this.length -= 1
  }
}
