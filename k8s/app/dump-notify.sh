#!/bin/sh
# Run by the JVM after an OutOfMemoryError, once it has written its heap dump:
#   -XX:OnOutOfMemoryError="/bin/sh /opt/dumpkeeper/dump-notify.sh %p"
#
# Gives the dump a name of its own, leaves a receipt NAME.event beside it and notifies Dumpkeeper, or
# without it the group robot. All Java threads stand still meanwhile, so it ends within 2 s.
# Values are carried as they are; Dumpkeeper cleans them. Others may write to the directory of the
# dumps: only a regular file of this user with one name is a dump, and no link is followed.
# The variables, the tools, the receipt and the reasons are in docs/notifier.md. Exit codes:
#   0 done   2 configuration, or no mv, date or ls   3 no receipt   4 nobody took the message
#   5 out of time   6 the dump keeps its name   7 what has its name is no dump of this user's
# shellcheck disable=SC1003,SC2016,SC2046,SC2086,SC2295,SC3028,SC3067

[ -z "${ZSH_VERSION-}" ] || { emulate sh && unsetopt multibyte; }
set +e -fu
export LC_ALL=C PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}"
exec </dev/null

die() { printf 'dump-notify: %s\n' "$2" >&2; exit "$1"; }
has() { command -v "$1" >/dev/null 2>&1; }
exists() { [ -e "$1" ] || [ -L "$1" ]; }
# Of several failures the first of 3, 7, 6, 4 counts. They come as 7 or 6, then 3, then 4.
fail() { if [ "$1" != 4 ] || [ "$code" = 0 ]; then code=$1 problem=$2; fi; }
# because ENGLISH CHINESE: why there is no dump, or why it keeps its name.
because() { reason=$1 reason_zh=$2; }
words() { case ${DUMPKEEPER_LANGUAGE:-zh} in en*) printf %s "$1" ;; *) printf %s "$2" ;; esac; }

# replace TEXT SET BY: prints TEXT with BY instead of each character of SET.
replace() {
	rest=$1 text=''
	while head=${rest%%[$2]*} && rest=${rest#"$head"} && [ -n "$rest" ]; do
		text=$text$head$3 rest=${rest#[$2]}
	done
	printf %s "$text$head"
}
# json TEXT BYTES: prints the inside of a JSON string, which holds no control character as it is.
json() { replace "$(replace "$(replace "$(printf "%.$2s" "$1")" '[:cntrl:]' '')" '\\' '\\')" '"' '\"'; }
# is_plain TEXT BEGINNING: only visible ASCII, and nothing that ends a string of curl's configuration.
is_plain() { case $1 in *[!!-~]* | *[\"\\]*) return 1 ;; "$2"?*) ;; *) return 1 ;; esac; }
# first_line FILE BEGINNING: prints it. Opens nothing that could block, such as a fifo.
first_line() {
	line=''
	[ ! -f "$1" ] || [ ! -r "$1" ] || read -r line <"$1"
	line=${line%"$(printf '\r')"}
	is_plain "$line" "$2" && printf %s "$line"
}

# Sets $jvm, which is above the shells that started this, and $jvm_started in epoch seconds, if known.
find_jvm() {
	jvm=$1 jvm_started=''
	while { IFS= read -r stat <"/proc/$jvm/stat" || return 0; } 2>/dev/null; do
		name=${stat#*"("}
		# What follows the name: the state, the parent, ..., as the 20th the start in 1/100 s.
		set -- ${stat##*") "}
		case ${name%")"*} in sh | ?sh | ??sh | ksh* | busybox | timeout) jvm=$2 ;; *) break ;; esac
	done
	while read -r key boot rest; do
		[ "$key" != btime ] || jvm_started=$((boot + ${20} / 100))
	done 2>/dev/null </proc/stat
}

# Sets $begun to when the dump was begun in epoch seconds: by its header, else by its modification.
find_beginning() {
	header='od -An -v -tx1 -N31'
	begun=$(date -u -r "$dump" +%s 2>/dev/null)
	set -- $($header "$dump" 2>/dev/null)
	[ "${1-}${2-}" != 1f8b ] || set -- $(gzip -dc <"$dump" 2>/dev/null | $header)
	# "JAVA ", and milliseconds from byte 23 on, in 2004 to 2074: divided byte by byte, since mksh has only 32 bits.
	case $#,${1-}${2-}${3-}${4-}${5-},${24-}${25-}${26-} in 31,4a41564120,00000[12]) ;; *) return ;; esac
	shift 23 && begun=0 part=0
	for byte; do part=$((part % 1000 * 256 + 0x$byte)) begun=$((begun * 256 + part / 1000)); done
}

# is_own FILE: whether it is a regular file of this user with one name. Sets $inode, or the reason.
is_own() {
	set -- "$1" $(ls -din "$1" 2>/dev/null)
	inode=${2-}
	case ${3-} in
		l*) because 'the dump is a link' '该路径是符号链接，未跟随' ;;
		-*) if [ ! -O "$1" ]; then because "the dump is another user's" '该文件属于其他用户，未改动'
			elif [ "$4" != 1 ]; then because 'the dump has several names' '该文件有多个硬链接，未改动'
			else return 0; fi ;;
		*) because 'the dump is no file' '该路径不是普通文件' ;;
	esac
	return 1
}

# Whether a link stands between the mount and the dumps: others can write below the mount.
is_linked() {
	step=$directory
	while [ "$step" != "${step#"$mount"/}" ] && [ ! -L "$step" ]; do step=${step%/*}; done
	[ "$step" != "${step#"$mount"/}" ]
}

# Checks the dump and renames it. Sets $new, the name that the receipt is for, $state and the reason.
handle_dump() {
	new=$fresh state=failed stuck=''
	# A name with a time is no other dump's: somebody else has made it unique.
	case $old in *[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]*) new=$old ;; esac
	if ! exists "$dump"; then
		because 'the dump is missing' '没有找到转储文件' && return
	elif ! is_own "$dump"; then
		new=$fresh && fail 7 "$reason: what lies at its name was left alone" && return
	fi
	checked=$inode
	find_beginning
	if [ "${begun:-$now}" -lt "${jvm_started:-$((now - 3600))}" ]; then
		# HotSpot does not overwrite what an earlier JVM has left: there is no new dump then.
		new=$fresh && because 'the file name was in use' '文件名已被旧的转储占用' && return
	fi
	because 'the dump is empty, the quota may be full' '转储文件为空，配额可能已满'
	[ ! -s "$dump" ] || { because '' '' && state=written; }
	if [ -z "$begun" ]; then
		stuck='not renamed: its age is unknown'
	elif [ "$new" != "$old" ]; then
		# Not by ln and rm: JuiceFS's quota has no room for a second link. Some mv do not know -n.
		mv -n "$dump" "$directory/$new" 2>/dev/null
		exists "$dump" && ! exists "$directory/$new" && mv "$dump" "$directory/$new" 2>/dev/null
		! exists "$dump" || stuck='not renamed'
	fi
	if [ -n "$stuck" ]; then
		new=$old && because "${reason:+$reason, }$stuck" "${reason_zh:-未能改名，会挡住下一次转储}"
		fail 6 'the dump could not be renamed, it blocks the next one'
	elif ! is_own "$directory/$new" || [ "$inode" != "$checked" ]; then
		state=failed && because 'the dump was exchanged' '转储文件在改名时被替换'
		fail 7 "$reason: what lies at its name was left alone"
	fi
}

# write_receipt TOLD: under a temporary name first, so that nobody reads half of it.
write_receipt() {
	receipt=$(printf '{"version":1,"dump":"%s","status":"%s","reason":"%s","environment":"%s","pod":"%s",%s}' \
		"$(json "$new" 255)" "$state" "$reason" "$(json "$environment" 800)" "$(json "$pod" 800)" \
		"\"project\":\"$(json "$project" 800)\",\"at\":\"$at\",\"told\":$1")
	lies=$directory/$new.event temporary=$directory/.$unique.event.tmp
	trouble='the directory of the dump is missing, not writable or full'
	# A directory would swallow the receipt. In a shell of its own, since it sets the reason.
	if exists "$lies" && ! (is_own "$lies"); then
		trouble="what has its name is a directory, a link or not this user's"
	elif ! is_linked && ! exists "$temporary"; then
		(set -C && printf '%s\n' "$receipt" >"$temporary") 2>/dev/null
		# Read again: not every shell notices that a volume is full.
		is_receipt "$temporary" && mv -f "$temporary" "$lies" 2>/dev/null
		is_receipt "$lies" || rm -f "$temporary" "$lies/${temporary##*/}" 2>/dev/null
	fi
	is_receipt "$lies"
}
is_receipt() { [ -f "$1" ] && [ ! -L "$1" ] && IFS= read -r line <"$1" && [ "$line" = "$receipt" ]; } 2>/dev/null

# post URL TOKEN JSON: prints the answer and its status; 127 where there is no tool for it.
# No secret is an argument of curl's, which every process of the pod could see.
post() {
	type='Content-Type: application/json' limit=''
	! timeout 1 date >/dev/null 2>&1 || limit='timeout -s KILL 1'
	has curl || has sleep || [ -n "$limit" ] || return 127
	if has curl; then
		printf 'url = "%s"\nheader = "%s"\n' "$1" "${2:+Authorization: Bearer $2}" | curl -q -sS -K - \
			--max-time 1.5 -H "$type" --data-binary "$3" -w ' HTTP %{http_code}' 2>/dev/null
	elif has wget; then
		set -- "$1" --header="$type" --post-data="$3" ${2:+"--header=Authorization: Bearer $2"}
		$limit wget -q -T 1 -t 1 -O - "$@" 2>/dev/null && printf ' HTTP 200'
	else
		export body="$3" head="$type\r\nAuthorization: Bearer $2\r\nConnection: close"
		$limit bash -c '
			url="^http://([^]/?#@:[]+)(:([0-9]+))?(/.*)?$" && [[ $1 =~ $url ]] || exit 127
			exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[3]:-80}" || exit 1
			printf "POST %s HTTP/1.1\r\nHost: %s%s\r\n%b\r\nContent-Length: %s\r\n\r\n%s" "${BASH_REMATCH[4]:-/}" \
				"${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$head" "${#body}" "$body" >&3
			read -r -t 1 version code rest <&3 && printf " HTTP %s" "$code"' bash "$1" 2>/dev/null
	fi
}

# Asks the service to announce the dump now.
call_service() {
	token=''
	[ -z "${DUMPKEEPER_HOOK_TOKEN_FILE-}" ] || token=$(first_line "$DUMPKEEPER_HOOK_TOKEN_FILE" '') ||
		die 2 'no token in DUMPKEEPER_HOOK_TOKEN_FILE'
	is_plain "$DUMPKEEPER_HOOK_URL" http || die 2 'DUMPKEEPER_HOOK_URL is no address'
	[ -n "$key" ] || die 2 'the dump is not below DUMPKEEPER_MOUNT'
	body="{\"volume\":\"$(json "$volume" 255)\",\"key\":\"$(json "$key" 1024)\"}"
	answer=$(post "$DUMPKEEPER_HOOK_URL" "$token" "$body")
	case $?,$answer in 127,* | *' HTTP 2'??) ;; *) fail 4 'the service did not take the call' ;; esac
}

# line ENGLISH CHINESE VALUE: prints a line of the robot's message; of the value nothing that is markup.
line() { [ -z "$3" ] || printf '\\n> %s%s' "$(words "$1" "$2")" "$(replace "$(json "$3" 800)" '][<>`' '')"; }

# Notifies the group by its robot, which answers 200 also for what it does not take.
call_robot() {
	url=$(first_line "$DUMPKEEPER_ROBOT_URL_FILE" http) || die 2 'no address in DUMPKEEPER_ROBOT_URL_FILE'
	# Of bash there would be no answer to judge.
	has curl || has wget || return
	message=$(
		[ "$state" = failed ] || words '## OutOfMemoryError: there is a heap dump' '## 内存溢出，已生成堆转储'
		[ "$state" = written ] || words '## OutOfMemoryError, and no heap dump' '## 内存溢出，没有堆转储'
		line 'Environment: ' '环境：' "$environment"
		line 'Project: ' '项目：' "$project"
		line 'Pod: ' 'Pod：' "$pod"
		line 'Reason: ' '原因：' "$(words "$reason" "$reason_zh")"
		[ "$state" = failed ] || line 'File: ' '文件：' "$volume/${key:-$directory/$new}"
		line 'Time: ' '时间：' "$at"
	)
	# Nobody cleans what the robot gets.
	clean=$(printf %s "$message" | iconv -c -f UTF-8 -t UTF-8 2>/dev/null)
	answer=$(post "$url" '' "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"${clean:-$message}\"}}")
	case $?,$answer in 127,*) ;;
		*'"errcode":0'[!0-9]* | *'"errcode": 0'[!0-9]*)
			write_receipt true || fail 4 'the robot took the message, but the receipt does not say so' ;;
		*) fail 4 'the robot did not take the message' ;;
	esac
}

main() {
	code=0 problem='' unique='' key='' ending=.hprof
	set -- "${1-}" $(date -u '+%s %Y%m%dT%H%M%SZ %Y-%m-%dT%H:%M:%SZ' 2>/dev/null)
	[ $# -eq 4 ] || die 2 'date does not tell the time'
	{ IFS=- read -r unique rest </proc/sys/kernel/random/uuid; } 2>/dev/null
	case $unique in '' | *[!0-9a-f]*) unique=$(printf '%08x' "$$") ;; esac
	now=$2 stamp=$3 at=$4 environment=${project_env-} pod=${pod_name:-${HOSTNAME-}} project=${pkg-}
	volume=${DUMPKEEPER_VOLUME:-jfsdata} mount=${DUMPKEEPER_MOUNT:-/data/jfsdata} mount=${mount%/}
	case $1 in '' | *[!0-9]*) find_jvm "$PPID" ;; *) find_jvm "$1" ;; esac
	# The name that the JVM had for its dump: it fills in a directory, and from JDK 25 on %p.
	dump=${DUMPKEEPER_DUMP:-/data/jfsdata/dumpfiles/${project_env-}_${pod_name-}_heapDump.hprof}
	case $dump in /*) ;; *) dump=./$dump ;; esac
	[ ! -d "$dump" ] || dump=${dump%/}/java_pid$jvm.hprof
	filled_in=${dump%%%p*}$jvm${dump#*%p}
	case $dump in *%p*) [ ! -e "$filled_in" ] || dump=$filled_in ;; esac
	directory=${dump%/*} old=${dump##*/}
	case $old in *.gz) ending=.hprof.gz ;; esac
	fresh=${old%"$ending"}
	[ -z "$environment$pod" ] || fresh=$(printf '%.60s_%.110s_heapDump' "$environment" "$pod")
	fresh=$(replace "$(printf %.190s "$fresh")" '!A-Za-z0-9._-' -)_${stamp}_$unique$ending
	! is_linked || die 3 'no receipt: the directory of the dump is reached through a link on the volume'
	handle_dump
	case $directory/ in "$mount"/*) key=$directory/$new key=${key#"$mount"/} ;; esac
	# The receipt comes first: the time may run out while somebody is called.
	write_receipt false || fail 3 "no receipt: $trouble"
	if [ -n "${DUMPKEEPER_HOOK_URL-}" ]; then call_service
	elif [ -n "${DUMPKEEPER_ROBOT_URL_FILE-}" ]; then call_robot; fi
	[ "$code" = 0 ] && exit
	die "$code" "$problem"
}

{ has mv && has date && has ls; } || die 2 'mv, date or ls is missing'
has sleep || main "$@"
sleep 2 &
nap=$!
{ trap 'kill "$nap" 2>/dev/null' EXIT; main "$@"; } &
wait "$nap" 2>/dev/null && kill -s KILL "$!" && die 5 'out of time'
wait "$!"
