#!/bin/sh
# PostgreSQL's archive_command: archive.sh PATH NAME HOME keeps one finished piece of the write-ahead log in HOME/archive, whole and on the disk.
# Where no base backup is kept (HOME/backups is empty) there is nothing that the log could be played onto: then it is let go, and costs nothing.
set -eu
path=$1 name=$2 home=$3
if [ -z "$(ls -A "$home/backups" 2>/dev/null)" ]; then
    exit 0
fi
mkdir -p "$home/archive"
if [ -f "$home/archive/$name" ]; then
    cmp -s "$path" "$home/archive/$name" # the same once more is done; another under that name is never written over
    exit
fi
cp "$path" "$home/archive/.$name.part"
sync "$home/archive/.$name.part"
mv "$home/archive/.$name.part" "$home/archive/$name"
