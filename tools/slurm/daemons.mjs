import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Starts munge, the controller and the node's daemon, in the foreground as children of this process. @returns what stops them */
export async function startDaemons(folder, environment) {
  const munge = ['munge.key', 'munged.pid', 'munged.log', 'munge.seed'].map((name) => join(folder, 'munge', name));
  const configuration = environment.SLURM_CONF;
  const start = (command, words) => spawn(command, words, { stdio: 'ignore', env: environment });
  const daemons = [];
  const stop = async () => {
    spawnSync('scancel', ['--user', String(process.getuid())], { env: environment, timeout: 10_000 });
    for (let i = 0; i < 100 && ask('squeue', ['--noheader']) !== ''; i += 1) {
      await sleep(100);
    }
    for (const daemon of daemons.reverse()) {
      await endOf(daemon);
    }
  };
  const ask = (command, words) => {
    const { stdout, status } = spawnSync(command, words, { env: environment, encoding: 'utf8', timeout: 10_000 });
    return status === 0 ? stdout.trim() : '';
  };
  daemons.push(
    start('munged', [
      '-F',
      `--socket=${join(folder, 'socket', 'munge.sock')}`,
      ...['key-file', 'pid-file', 'log-file', 'seed-file'].map((name, i) => `--${name}=${munge[i]}`),
    ]),
  );
  await sleep(300);
  daemons.push(start('slurmctld', ['-D', '-f', configuration]));
  await sleep(500);
  daemons.push(start('slurmd', ['-D', '-f', configuration, '-N', 'localhost']));
  for (let i = 0; ask('sinfo', ['--noheader', '--format', '%T']) !== 'idle'; i += 1) {
    if (i === 150) {
      await stop();
      throw new Error(`Slurm did not start within 30 s; see ${join(folder, 'log')}.`);
    }
    await sleep(200);
  }
  return stop;
}

/** SIGTERM, and SIGKILL for one that does not obey within five seconds. */
async function endOf(daemon) {
  daemon.kill('SIGTERM');
  for (let i = 0; i < 50 && daemon.exitCode === null && daemon.signalCode === null; i += 1) {
    await sleep(100);
  }
  daemon.kill('SIGKILL');
}
