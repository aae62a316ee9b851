/** Ports from what was typed, separated by anything; `wrong` is what is none. */
export function readPorts(text: string): { ports: number[]; wrong: string[] } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const isPort = (word: string) => /^\d{1,5}$/.test(word) && Number(word) >= 1 && Number(word) <= 65535
  return {
    ports: [...new Set(words.filter(isPort).map(Number))].slice(0, 50),
    wrong: words.filter((word) => !isPort(word)),
  }
}
