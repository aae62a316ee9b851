#!/usr/bin/env node
// Runs the command line on the project's own Node, whatever Node started this file.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodePackage = dirname(createRequire(import.meta.url).resolve('node/package.json'))
const node = join(nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

// As `npm start` sets them: V8 sizes its heap after the machine, far beyond what a gateway needs.
const memory = ['--max-semi-space-size=4', '--heap-growing-percent=60']

const child = spawn(node, [...memory, join(root, 'server', 'cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
