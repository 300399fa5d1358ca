import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Writes the key and configuration of a Slurm of one node, without accounting, limits of memory or containers. The credentials'
 * short life makes a requeued job begin again after seconds; without it that takes two minutes.
 *
 * @returns the variables that clients need.
 */
export function writeConfiguration(folder) {
  for (const name of ['munge', 'socket', 'state', 'spool', 'log']) {
    mkdirSync(join(folder, name), { mode: 0o700 });
  }
  // munged wants the way to its socket open.
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'socket'), 0o755);
  writeFileSync(join(folder, 'munge', 'munge.key'), randomBytes(1024), { mode: 0o400 });
  const { username } = userInfo();
  const ports = 20_000 + (process.pid % 20_000);
  const processors = Math.max(2, availableParallelism());
  const lines = [
    'ClusterName=fractura',
    'SlurmctldHost=localhost(127.0.0.1)',
    `SlurmUser=${username}`,
    `SlurmdUser=${username}`,
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/socket/munge.sock,cred_expire=5`,
    'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
    `SlurmctldPort=${ports}`,
    `SlurmdPort=${ports + 1}`,
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.pid`,
    `SlurmctldLogFile=${folder}/log/slurmctld.log`,
    `SlurmdLogFile=${folder}/log/slurmd.log`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'MpiDefault=none',
    'ReturnToService=2',
    'SchedulerParameters=sched_interval=1,bf_interval=1',
    'KillWait=5',
    'MinJobAge=10',
    'JobRequeue=1',
    'EnforcePartLimits=ALL',
    'AccountingStorageType=accounting_storage/none',
    `NodeName=localhost NodeHostname=localhost NodeAddr=127.0.0.1 CPUs=${processors} Sockets=1 CoresPerSocket=${processors} ` +
      `ThreadsPerCore=1 RealMemory=${Math.floor(totalmem() / 2 ** 21)}`,
    'PartitionName=test Nodes=localhost Default=YES MaxTime=01:00:00 DefaultTime=00:30:00 State=UP',
  ];
  writeFileSync(join(folder, 'slurm.conf'), `${lines.join('\n')}\n`);
  return { SLURM_CONF: join(folder, 'slurm.conf') };
}
