#!/bin/bash
# Trains the report on a Slurm cluster, a task per run; run it from the project's folder, after `npm ci && npm run engine`:
#   sbatch --array=1-153 experiments/slurm/train-array.sh
# (the number of runs: npm run experiments -- list). A task that runs out of time keeps its finished epochs: submit the same array
# again, and what is done is passed over at once. Options of train may follow the script's name. Each record is a file of its own:
# copying files merges them.
#SBATCH --job-name=kuzushiji
#SBATCH --cpus-per-task=1
#SBATCH --mem=3G
#SBATCH --time=24:00:00
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-.}"
exec npm run experiments -- train --nth "$SLURM_ARRAY_TASK_ID" --jobs 1 --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
