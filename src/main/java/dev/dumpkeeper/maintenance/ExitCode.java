package dev.dumpkeeper.maintenance;

import java.util.Collection;
import java.util.Comparator;

/**
 * How a process ends. With several causes the smallest number from 1 up wins, and STOPPED
 * before all.
 */
enum ExitCode {

	OK(0), UNEXPECTED(1), USAGE(2), OBJECTS_FAILED(3), BRAKE_REFUSED(4), LOCKED(5), GATEWAY(6), DATABASE(7),
	NOT_DELIVERED(8), STOPPED(143);

	private final int number;

	ExitCode(int number) {
		this.number = number;
	}

	int number() {
		return this.number;
	}

	static ExitCode worst(Collection<ExitCode> causes) {
		if (causes.contains(STOPPED)) {
			return STOPPED;
		}
		return causes.stream().filter((code) -> code != OK).min(Comparator.comparingInt(ExitCode::number)).orElse(OK);
	}

}
