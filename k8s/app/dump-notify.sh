#!/bin/sh
# Run by the JVM after an OutOfMemoryError, once it has written its heap dump:
#
#   -XX:+HeapDumpOnOutOfMemoryError
#   -XX:HeapDumpPath=/data/jfsdata/dumpfiles/${project_env}_${pod_name}_heapDump.hprof
#   -XX:OnOutOfMemoryError="/bin/sh /opt/dumpkeeper/dump-notify.sh %p"
#
# Renames the dump to a name of its own, so that the next one finds its name free, leaves
# a receipt NAME.event beside it, and tells Dumpkeeper, or without it the group robot.
# All Java threads stand still meanwhile, so it ends within 2 s. See docs/notifier.md.
#
# Others may write to the directory of the dumps. Only a file that is this user's own, has
# one name and is no link counts as the dump or is replaced by the receipt.
#
# Needs mv, date and ls; uses od, gzip, sleep, timeout, curl, wget and bash where there are.
#
# Environment (all optional):
#   project_env, pod_name, pkg    environment, pod and project, of any content
#   DUMPKEEPER_DUMP               the JVM's HeapDumpPath
#   DUMPKEEPER_MOUNT              where the volume is mounted; /data/jfsdata
#   DUMPKEEPER_VOLUME             the volume's name; jfsdata
#   DUMPKEEPER_HOOK_URL           the service's /hooks/dump
#   DUMPKEEPER_HOOK_TOKEN_FILE    holds its token
#   DUMPKEEPER_ROBOT_URL_FILE     without the service: holds the robot's address
#   DUMPKEEPER_LANGUAGE           of the robot's message: zh or en; zh
#
# Exit codes:
#   0  the receipt is there, and whoever was to be told was, or no tool to do it with is
#   2  mv, date or ls is missing, or the configuration is wrong: no token or address in a file,
#      or the dump is not on the volume; the receipt may be there
#   3  no receipt: the directory is missing, a link, not writable or full, or something
#      else has the receipt's name
#   4  the receipt is there, but the service or the robot did not take the message
#   5  out of time; the receipt may be there
#   6  the receipt is there, but the dump keeps its name and blocks the next one
#   7  the receipt is there, but what has the dump's name is a link, another user's file or
#      one with several names; it was left alone
# With several the first of 2, 3, 7, 6, 4 wins. One line on standard error says more.

set -fu
# Bytes are bytes: the same behaviour in every shell and locale.
LC_ALL=C
export LC_ALL
PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
IFS=' 	
'
exec </dev/null

say() {
	printf 'dump-notify: %s\n' "$1" >&2
}

has() {
	command -v "$1" >/dev/null 2>&1
}

# quote TEXT LIMIT [prose]: sets $quoted to a JSON string of at most so many characters,
# without control characters and invalid UTF-8, as prose also without what is markup in
# the robot's markdown. Without od only ASCII is left.
quote() {
	if ! has od || ! quote_bytes "$@"; then
		quote_ascii "$@"
	fi
}

quote_bytes() {
	octets=$(printf '%.2000s' "$1" | od -An -v -to1 2>/dev/null) || return 1
	escaped='' count=0 character='' pending=0 lead=''
	for octet in $octets; do
		case $octet in
			0[0123]? | 177)
				pending=0
				continue
				;;
			042 | 134) character="\\0134\\0$octet" pending=0 ;;
			0?? | 1??)
				character="\\0$octet" pending=0
				case ${3-}$octet in
					prose074 | prose076 | prose133 | prose135 | prose140) continue ;;
				esac
				;;
			2??)
				[ "$pending" -gt 0 ] || continue
				# A control character, too long a form, half of a surrogate pair, or past
				# the last character.
				case $lead$octet in
					3022[0123]? | 3402[0123]? | 3552[4567]? | 3602[01]? | 3642[234567]?)
						pending=0
						continue
						;;
				esac
				character="$character\\0$octet" pending=$((pending - 1)) lead=''
				;;
			30[01] | 36[567] | 37?)
				pending=0
				continue
				;;
			3[0123]?) character="\\0$octet" pending=1 lead=$octet ;;
			3[45]?) character="\\0$octet" pending=2 lead=$octet ;;
			*) character="\\0$octet" pending=3 lead=$octet ;;
		esac
		if [ "$pending" -eq 0 ]; then
			escaped=$escaped$character
			count=$((count + 1))
			[ "$count" -lt "$2" ] || break
		fi
	done
	quoted=\"$(printf '%b' "$escaped")\"
}

quote_ascii() {
	# shellcheck disable=SC2059
	rest=$(printf "%.$2s" "$1")
	kept='] !#-[^-~'
	[ "${3-}" != prose ] || kept=' !#-;=?-Z^_a-~'
	quoted=''
	while [ -n "$rest" ]; do
		# shellcheck disable=SC2295
		head=${rest%%[!$kept]*}
		quoted=$quoted$head
		rest=${rest#"$head"}
		case $rest in
			\"*) quoted=$quoted'\"' ;;
			\\*) quoted="$quoted\\\\" ;;
		esac
		rest=${rest#?}
	done
	quoted=\"$quoted\"
}

# plain_name TEXT LIMIT: sets $name to what may stand in the name of a file and in a URL.
plain_name() {
	# shellcheck disable=SC2059
	rest=$(printf "%.$2s" "$1")
	name=''
	while [ -n "$rest" ]; do
		head=${rest%%[!A-Za-z0-9._-]*}
		name=$name$head
		rest=${rest#"$head"}
		case $rest in
			?*) name=$name- ;;
		esac
		while :; do
			case $rest in
				[!A-Za-z0-9._-]*) rest=${rest#?} ;;
				*) break ;;
			esac
		done
	done
}

# first_line FILE: sets $line. Never opens what could block, such as a fifo.
first_line() {
	line=''
	[ -f "$1" ] && [ -r "$1" ] || return 1
	IFS= read -r line <"$1" || [ -n "$line" ] || return 1
	# A file from Windows.
	carriage_return=$(printf '\r')
	line=${line%"$carriage_return"}
	# Visible ASCII only, and nothing that ends a string of curl's configuration.
	case $line in
		'' | *[!!-~]* | *[\"\\]*) return 1 ;;
	esac
}

# limited COMMAND...: runs a command without a time limit of its own for a second at most.
limited() {
	# An old busybox wants its seconds otherwise.
	if has timeout && timeout 1 date >/dev/null 2>&1; then
		timeout -s KILL 1 "$@"
	elif has sleep; then
		guarded 1 "$@"
	else
		return 127
	fi
}

# guarded SECONDS COMMAND...: kills the command when its time is up. The shell waits for
# both, so nothing outlives it.
guarded() {
	seconds=$1
	shift
	# A background command would get /dev/null for its input.
	{ "$@" <&3 3<&- & } 3<&0
	command=$!
	{
		nap=''
		trap 'kill "$nap"; exit 0' TERM
		sleep "$seconds" &
		nap=$!
		wait "$nap"
		kill -s KILL "$command"
	} >/dev/null 2>&1 &
	guard=$!
	status=0
	wait "$command" 2>/dev/null || status=$?
	kill "$guard" 2>/dev/null
	wait "$guard" 2>/dev/null
	return "$status"
}

# jvm_of PID: sets $jvm and $jvm_started, the latter in epoch milliseconds and empty where
# it cannot be told. The JVM starts its hook with "sh -c", which may stand between.
jvm_of() {
	jvm=$1 jvm_started=''
	for step in 1 2 3; do
		stat=''
		{ IFS= read -r stat <"/proc/$jvm/stat"; } 2>/dev/null
		case $stat in
			*" ("*") "*) ;;
			*) return ;;
		esac
		command_name=${stat#*" ("}
		command_name=${command_name%") "*}
		# What follows the name: state, parent, ..., the 20th is the start in ticks.
		# shellcheck disable=SC2086
		set -- ${stat##*") "}
		[ $# -ge 20 ] || return
		case $command_name in
			sh | dash | bash | ash | ksh | busybox | timeout) [ "$2" -gt 0 ] && [ "$step" -lt 3 ] || return ;;
			*) break ;;
		esac
		jvm=$2
	done
	key='' boot=''
	while [ "$key" != btime ] && read -r key boot rest; do
		continue
	done 2>/dev/null </proc/stat
	case $key$boot in
		btime[0-9]*) ;;
		*) return ;;
	esac
	# The unit of ticks is 1/100 s for programs on every Linux. The boot time is rounded
	# down, so the JVM never seems younger than it is.
	jvm_started=$((boot * 1000 + ${20} * 10))
}

# made_at FILE: sets $made to when the dump was begun, in epoch milliseconds: the time in
# its header, else that of its last modification, else empty.
made_at() {
	made=''
	# 64 bits are not a matter of course in a shell's arithmetic.
	[ "$((1 << 40))" = 1099511627776 ] || return 0
	if has od && [ -s "$1" ]; then
		# shellcheck disable=SC2046
		set -- "$1" $(od -An -v -tx1 -N31 "$1" 2>/dev/null)
		if [ "${2-}${3-}" = 1f8b ] && has gzip; then
			# shellcheck disable=SC2046
			set -- "$1" $(limited gzip -dc <"$1" 2>/dev/null | od -An -v -tx1 -N31 2>/dev/null)
		fi
		# "JAVA ", and 8 bytes of time from byte 23 on.
		if [ $# -eq 32 ] && [ "$2$3$4$5$6" = 4a41564120 ]; then
			made=$((0x${25}${26}${27}${28}${29}${30}${31}${32}))
			# Between 2000 and 2100, or it is no time.
			[ "$made" -ge 946684800000 ] && [ "$made" -lt 4102444800000 ] && return 0
			made=''
		fi
	fi
	seconds=$(date -u -r "$1" +%s 2>/dev/null)
	case $seconds in
		'' | *[!0-9]*) ;;
		*) made=$((seconds * 1000 + 999)) ;;
	esac
}

# Sets $me to the number of the user that this runs as.
find_me() {
	me='' key='' real=''
	while [ "$key" != Uid: ] && read -r key real me rest; do
		continue
	done 2>/dev/null <"/proc/$$/status"
	case $me in
		'' | *[!0-9]*) me=$(id -u 2>/dev/null) ;;
	esac
}

# is_own FILE: whether it is a regular file of this user with this one name, not through a
# link. Sets $inode, and $flaw to what it is not.
is_own() {
	flaw='is no file' inode=''
	if [ -L "$1" ]; then
		flaw='is a link'
		return 1
	fi
	# shellcheck disable=SC2046
	set -- $(ls -din "$1" 2>/dev/null)
	[ $# -ge 5 ] || return 1
	case $2 in
		-*) ;;
		*) return 1 ;;
	esac
	inode=$1
	if [ "$4" != "$me" ]; then
		flaw="is another user's"
		return 1
	fi
	if [ "$3" != 1 ]; then
		flaw='has several names'
		return 1
	fi
	flaw=''
}

# Whether a link stands between the mount and the dumps: others can write below the mount.
is_linked() {
	case $directory/ in
		"$mount"/*) ;;
		*) return 1 ;;
	esac
	walked=$mount rest=${directory#"$mount"}
	while [ -n "$rest" ]; do
		rest=${rest#/}
		walked=$walked/${rest%%/*}
		[ ! -L "$walked" ] || return 0
		case $rest in
			*/*) rest=/${rest#*/} ;;
			*) rest='' ;;
		esac
	done
	return 1
}

# The name that the JVM had for its dump, after %p or a directory was filled in as it does.
find_dump() {
	dump=${DUMPKEEPER_DUMP:-/data/jfsdata/dumpfiles/${project_env-}_${pod_name-}_heapDump.hprof}
	case $dump in
		/*) ;;
		*) dump=./$dump ;;
	esac
	if [ -d "$dump" ]; then
		dump=${dump%/}/java_pid$jvm.hprof
	fi
	case $dump in
		*%p*)
			# JDK 25 fills it in, JDK 17 does not.
			filled_in=${dump%%%p*}$jvm${dump#*%p}
			[ ! -e "$filled_in" ] || dump=$filled_in
			;;
	esac
	directory=${dump%/*}
	old=${dump##*/}
}

# Sets $fresh_name to a name that no other dump has or gets.
make_name() {
	case $old in
		*.gz) ending=.hprof.gz ;;
		*) ending=.hprof ;;
	esac
	if [ -n "$environment$pod" ]; then
		plain_name "$environment" 60
		fresh_name=$name
		plain_name "$pod" 130
		fresh_name=${fresh_name}_${name}_heapDump
	else
		plain_name "${old%"$ending"}" 190
		fresh_name=$name
	fi
	fresh_name=${fresh_name}_${stamp}_$unique$ending
}

# Looks at the dump and renames it. Sets $new, the name that the receipt is for, $status
# and $reason.
look_at_dump() {
	digit='[0-9]' new=$fresh_name status=failed
	case $old in
		# A name with a time is no dump's but this one's: somebody else has made it unique.
		*$digit$digit$digit$digit$digit$digit$digit${digit}T$digit$digit$digit$digit$digit$digit*) new=$old ;;
	esac
	if [ ! -e "$dump" ] && [ ! -L "$dump" ]; then
		reason='the dump is missing'
		return
	fi
	if ! is_own "$dump"; then
		new=$fresh_name reason="the dump $flaw" not_own=yes
		return
	fi
	dump_inode=$inode
	made_at "$dump"
	if [ -z "$made" ]; then
		new=$old status=written reason='not renamed: its age cannot be told'
		not_renamed=yes
		return
	fi
	# A JVM dumps once, so what is older than this one is another's, which HotSpot does not
	# overwrite: there is no new dump then. Without the JVM's age: an hour.
	if [ "$made" -lt "${jvm_started:-$((now * 1000 - 3600000))}" ]; then
		new=$fresh_name reason='the file name was in use'
		return
	fi
	if [ -s "$dump" ]; then
		status=written reason=''
	else
		reason='the dump is empty, the quota may be full'
	fi
	rename_dump
	case $? in
		0) ;;
		2)
			status=failed reason='the dump was exchanged' not_own=yes
			;;
		*)
			new=$old reason=${reason:+$reason, }'not renamed'
			not_renamed=yes
			;;
	esac
}

# Not by ln and rm, although ln alone never overwrites on any system: JuiceFS counts a
# second link as a second file of that size, which the quota has no room for just when a
# dump has filled it. The name has 32 random bits, and mv -n is asked besides. Answers 2
# when what lies there afterwards is not what was looked at: somebody was quicker.
rename_dump() {
	target=$dump
	[ "$new" = "$old" ] || move_dump || return 1
	is_own "$target" && [ "$inode" = "$dump_inode" ] || return 2
}

move_dump() {
	target=$directory/$new
	[ ! -e "$target" ] && [ ! -L "$target" ] || return 1
	mv -n "$dump" "$target" 2>/dev/null
	# An mv that does not know -n.
	if [ -e "$dump" ] && [ ! -e "$target" ]; then
		mv "$dump" "$target" 2>/dev/null
	fi
	[ ! -e "$dump" ] && [ ! -L "$dump" ] && { [ -e "$target" ] || [ -L "$target" ]; }
}

# write_receipt TOLD: under a temporary name first, so that nobody reads half of it.
write_receipt() {
	quote "$new" 255
	receipt="{\"version\":1,\"dump\":$quoted,\"status\":\"$status\",\"reason\":\"$reason\""
	quote "$environment" 200
	receipt="$receipt,\"environment\":$quoted"
	quote "$pod" 200
	receipt="$receipt,\"pod\":$quoted"
	quote "$project" 200
	receipt="$receipt,\"project\":$quoted,\"at\":\"$at\",\"told\":$1}"
	temporary=$directory/.$unique.event.tmp lies=$directory/$new.event
	! is_linked || return 1
	if [ -e "$lies" ] || [ -L "$lies" ]; then
		# A directory would swallow the receipt.
		is_own "$lies" || {
			taken=yes
			return 1
		}
	fi
	# Never through a file, fifo or link that is there already.
	[ ! -e "$temporary" ] && [ ! -L "$temporary" ] || return 1
	(set -C && printf '%s\n' "$receipt" >"$temporary") 2>/dev/null
	# Not every shell notices that a volume is full.
	if is_receipt "$temporary" && mv -f "$temporary" "$lies" 2>/dev/null && is_receipt "$lies"; then
		return 0
	fi
	has rm && rm -f "$temporary" "$lies/.$unique.event.tmp" 2>/dev/null
	return 1
}

is_receipt() {
	written=''
	[ -f "$1" ] && [ ! -L "$1" ] && { IFS= read -r written <"$1"; } 2>/dev/null
	[ "$written" = "$receipt" ]
}

# post URL TOKEN JSON: prints the answer. 127 when there is no tool for it. What is secret
# is no argument of curl's, where every process of the pod could see it.
post() {
	if has curl; then
		{
			printf 'url = "%s"\n' "$1"
			[ -z "$2" ] || printf 'header = "Authorization: Bearer %s"\n' "$2"
		} | curl -q -sS -K - --max-time 1.5 -H 'Content-Type: application/json' --data-binary "$3" \
			-w '\n%{http_code}' 2>/dev/null
	elif has wget; then
		set -- "$1" "$2" --header='Content-Type: application/json' --post-data="$3"
		[ -z "$2" ] || set -- "$@" --header="Authorization: Bearer $2"
		address=$1
		shift 2
		limited wget -q -T 1 -O - "$@" "$address" 2>/dev/null && printf '\n200'
	elif has bash; then
		post_by_bash "$@"
	else
		return 127
	fi
}

post_by_bash() {
	rest=${1#http://}
	authority=${rest%%/*}
	# Neither https nor users nor IPv6 addresses.
	case $1,$authority in
		http://*,*[]@[?]*) return 127 ;;
		http://*,*:*) ;;
		http://*) authority=$authority:80 ;;
		*) return 127 ;;
	esac
	case $rest in
		*/*) path=/${rest#*/} ;;
		*) path=/ ;;
	esac
	DUMPKEEPER_REQUEST=$(
		printf 'POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n' "$path" "$authority"
		[ -z "$2" ] || printf 'Authorization: Bearer %s\r\n' "$2"
		printf 'Content-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' "${#3}" "$3"
	)
	export DUMPKEEPER_REQUEST
	# shellcheck disable=SC2016
	limited bash -c '
		exec 3<>"/dev/tcp/$1/$2" || exit
		printf %s "$DUMPKEEPER_REQUEST" >&3
		IFS=" " read -r version code rest <&3
		printf "\n%s" "$code"' bash "${authority%:*}" "${authority##*:}" 2>/dev/null
}

# Asks the service to look at the dump now.
call_service() {
	token=''
	if [ -n "${DUMPKEEPER_HOOK_TOKEN_FILE-}" ]; then
		if ! first_line "$DUMPKEEPER_HOOK_TOKEN_FILE"; then
			misconfigured 'no token in DUMPKEEPER_HOOK_TOKEN_FILE'
			return
		fi
		token=$line
	fi
	case $DUMPKEEPER_HOOK_URL in
		*[!!-~]* | *[\"\\]*)
			misconfigured 'DUMPKEEPER_HOOK_URL is no address'
			return
			;;
		http://* | https://*) ;;
		*)
			misconfigured 'DUMPKEEPER_HOOK_URL is no address'
			return
			;;
	esac
	if [ -z "$key" ]; then
		misconfigured 'the dump is not below DUMPKEEPER_MOUNT'
		return
	fi
	quote "$volume" 255
	body="{\"volume\":$quoted"
	quote "$key" 1000
	answer=$(post "$DUMPKEEPER_HOOK_URL" "$token" "$body,\"key\":$quoted}")
	called=$?
	case $called,$answer in
		127,*) ;;
		*"$newline"2[0-9][0-9]) ;;
		*) not_told='the service did not take the call' ;;
	esac
}

# Tells the group by its robot, which answers 200 also for what it does not take.
call_robot() {
	if ! first_line "$DUMPKEEPER_ROBOT_URL_FILE"; then
		misconfigured 'no address in DUMPKEEPER_ROBOT_URL_FILE'
		return
	fi
	case $line in
		http://* | https://*) ;;
		*)
			misconfigured 'no address in DUMPKEEPER_ROBOT_URL_FILE'
			return
			;;
	esac
	# Of bash there would be no answer to judge.
	has curl || has wget || return 0
	write_message
	answer=$(post "$line" '' "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"$message\"}}")
	called=$?
	case $called,$answer in
		127,*) ;;
		*'"errcode":0'[!0-9]* | *'"errcode": 0'[!0-9]*)
			write_receipt true || not_told='the robot took the message, but the receipt does not say so'
			;;
		*) not_told='the robot did not take the message' ;;
	esac
}

# Sets $message, the inside of a JSON string.
write_message() {
	case ${DUMPKEEPER_LANGUAGE:-zh},$status in
		en*,written) message='## OutOfMemoryError: there is a heap dump' ;;
		en*) message='## OutOfMemoryError, and no heap dump' ;;
		*,written) message='## 内存溢出，已生成堆转储' ;;
		*) message='## 内存溢出，没有堆转储' ;;
	esac
	case ${DUMPKEEPER_LANGUAGE:-zh} in
		en*) labels='Environment: |Project: |Pod: |Reason: |File: |Time: ' why=$reason ;;
		*)
			labels='环境：|项目：|Pod：|原因：|文件：|时间：'
			case $reason in
				*missing) why='没有找到转储文件' ;;
				*'no file') why='该路径不是普通文件' ;;
				*'a link') why='该路径是符号链接，未跟随' ;;
				*"another user's") why='该文件属于其他用户，未改动' ;;
				*'several names') why='该文件有多个硬链接，未改动' ;;
				*exchanged) why='转储文件在改名时被替换' ;;
				*'in use') why='文件名已被旧的转储占用' ;;
				*empty*) why='转储文件为空，配额可能已满' ;;
				*'not renamed'*) why='未能改名，会挡住下一次转储' ;;
				*) why=$reason ;;
			esac
			;;
	esac
	IFS='|'
	# shellcheck disable=SC2086
	set -- $labels
	IFS=$separators
	add_line "$1" "$environment"
	add_line "$2" "$project"
	add_line "$3" "$pod"
	[ -z "$why" ] || add_line "$4" "$why"
	[ "$status" = failed ] || add_line "$5" "$volume/${key:-$directory/$new}"
	add_line "$6" "$at"
}

add_line() {
	quote "$2" 200 prose
	quoted=${quoted#\"}
	message="$message\\n> $1${quoted%\"}"
}

misconfigured() {
	problem=$1
}

main() {
	# shellcheck disable=SC2046
	set -- "${1-}" $(date -u '+%s %Y%m%dT%H%M%SZ %Y-%m-%dT%H:%M:%SZ')
	now=$2 stamp=$3 at=$4
	unique=''
	{ IFS= read -r unique </proc/sys/kernel/random/uuid; } 2>/dev/null
	unique=${unique%%-*}
	case $unique in
		'' | *[!0-9a-f]*) unique=$(printf '%08x' "$$") ;;
	esac
	# Not the shell's variable but the container's, which is the pod's name.
	# shellcheck disable=SC3028
	environment=${project_env-} pod=${pod_name:-${HOSTNAME-}} project=${pkg-}
	problem='' not_renamed='' not_told='' no_receipt='' not_own='' taken=''
	case $1 in
		'' | *[!0-9]*) jvm_of "$PPID" ;;
		*) jvm_of "$1" ;;
	esac
	find_me
	find_dump
	make_name
	volume=${DUMPKEEPER_VOLUME:-jfsdata}
	mount=${DUMPKEEPER_MOUNT:-/data/jfsdata}
	mount=${mount%/}
	if is_linked; then
		say 'no receipt: the directory of the dump is reached through a link on the volume'
		exit 3
	fi
	look_at_dump
	case $directory/ in
		"$mount"/*) key=$directory/$new key=${key#"$mount"/} ;;
		*) key='' ;;
	esac
	# The receipt comes first: the time may run out while somebody is called.
	write_receipt false || no_receipt=yes
	if [ -n "${DUMPKEEPER_HOOK_URL-}" ]; then
		call_service
	elif [ -n "${DUMPKEEPER_ROBOT_URL_FILE-}" ]; then
		call_robot
	fi
	if [ -n "$problem" ]; then
		say "$problem"
		exit 2
	elif [ -n "$no_receipt" ]; then
		if [ -n "$taken" ]; then
			say "no receipt: what has its name is a directory, a link or not this user's"
		else
			say 'no receipt: the directory of the dump is missing, not writable or full'
		fi
		exit 3
	elif [ -n "$not_own" ]; then
		say "$reason: what lies at its name was left alone"
		exit 7
	elif [ -n "$not_renamed" ]; then
		say 'the dump could not be renamed, it blocks the next one'
		exit 6
	elif [ -n "$not_told" ]; then
		say "$not_told"
		exit 4
	fi
	exit 0
}

separators=$IFS
newline='
'
if ! has mv || ! has date || ! has ls; then
	say 'mv, date or ls is missing'
	exit 2
fi
if has sleep; then
	guarded 2 main "$@"
	code=$?
	if [ "$code" -gt 128 ]; then
		say 'out of time'
		code=5
	fi
	exit "$code"
fi
main "$@"
