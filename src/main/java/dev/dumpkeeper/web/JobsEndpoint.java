package dev.dumpkeeper.web;

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import dev.dumpkeeper.runs.JobRefusedException;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.runs.Jobs.RunOverview;
import dev.dumpkeeper.text.SafeText;

/**
 * {@code /actuator/jobs}: the jobs, their runs, start and stop. See docs/http.md.
 * <p>
 * Not an annotated endpoint of Actuator, whose request bodies may contain only texts and
 * not a list of volumes.
 */
final class JobsEndpoint {

	private static final int LONGEST_NAME = 60;

	private final Jobs jobs;

	private final AuditedHandler audited;

	JobsEndpoint(Jobs jobs, AuditTrail audit) {
		this.jobs = jobs;
		this.audited = new AuditedHandler(audit, HttpStatus.ACCEPTED);
	}

	ServerResponse all(ServerRequest request) {
		return Json.answer(HttpStatus.OK, () -> Map.of("jobs", this.jobs.all())).response();
	}

	ServerResponse job(ServerRequest request) {
		return Json.answer(HttpStatus.OK, () -> this.jobs.history(request.pathVariable("job"))).response();
	}

	ServerResponse run(ServerRequest request) {
		return Json.answer(HttpStatus.OK, () -> this.jobs.run(request.pathVariable("job"), id(request))).response();
	}

	ServerResponse start(ServerRequest request) {
		String job = request.pathVariable("job");
		return this.audited
			.read(request, "start", SafeText.abridged(job, LONGEST_NAME), List.of("dryRun", "volumes", "approve"),
					(body) -> this.audited.run(request, body.body().has("approve") ? "approve" : "start",
							target(job, body),
							() -> accepted(
									this.jobs.start(job, body.flag("dryRun"), body.texts("volumes"),
											body.number("approve"), Caller.of(request.servletRequest()).starter()),
									job)));
	}

	ServerResponse stop(ServerRequest request) {
		String job = request.pathVariable("job");
		return this.audited.run(request, "stop",
				SafeText.abridged(job, LONGEST_NAME) + " " + request.pathVariable("id"),
				() -> accepted(this.jobs.stop(job, id(request)), job));
	}

	/** Ends with the names of volumes, since there may be any number. */
	static String target(String job, Json body) {
		StringBuilder target = new StringBuilder(SafeText.abridged(job, LONGEST_NAME));
		for (String field : List.of("approve", "dryRun", "volumes")) {
			if (body.body().has(field)) {
				target.append(' ').append(field).append('=').append(SafeText.abridged(body.shown(field), 300));
			}
		}
		return target.toString();
	}

	private static long id(ServerRequest request) {
		try {
			return Long.parseLong(request.pathVariable("id"));
		}
		catch (NumberFormatException ex) {
			throw JobRefusedException.unknownRun();
		}
	}

	private static Map<String, Object> accepted(RunOverview run, String job) {
		return Map.of("id", run.id(), "url", "/actuator/jobs/" + job + "/" + run.id(), "run", run);
	}

}
