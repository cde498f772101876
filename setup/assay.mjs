#!/usr/bin/env node
// The `assay` command for any Node from 20 on: makes sure that what it needs is set up, then hands over
// to the pinned Node. Progress goes to standard error: standard output belongs to the command.
// `assay` at the root is a symbolic link to this file, because Node 20.0 refuses modules without an ending.
import { begin } from './begin.mjs';

begin(() => import('./commands/assay.mjs'));
