package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.wecom.Language;

/**
 * Everything that messages say, in one language. Parameters that are texts are already
 * fit for a page.
 */
sealed interface Words permits ChineseWords, EnglishWords {

	static Words in(Language language) {
		return switch (language) {
			case ZH -> new ChineseWords();
			case EN -> new EnglishWords();
		};
	}

	/** A number as people read it, the same in both languages. */
	default String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	// Names

	String unknownEnvironment();

	String unknownWorkload();

	String unknownName();

	String dumps(long dumps);

	String workloads(long workloads);

	// The digest

	String digestTitle(long digest, int page, int pages);

	String nobodyWasTold(long dumps);

	/** Workloads of a volume that are counted together. */
	String excess(long groups);

	String condition(DumpCondition condition);

	/**
	 * What it means for the reader that a dump is in a condition; nothing of a complete
	 * one.
	 */
	String meaning(DumpCondition condition);

	/** How many of a workload's dumps are broken, where there is no room to say how. */
	String broken(long dumps);

	/** What kind of end a JVM had; nothing of one that is not known. */
	String kind(Death.Kind kind);

	String topFrame(String frame);

	/** How often dumps with the same stack were seen. */
	String seen(long dumps, String since, long workloads);

	/** Which class held most of the heap. */
	String mostly(String type, int percent);

	String download();

	/** In place of a link that is too long for a page, where the dump lies. */
	String lies(String place);

	/** Whose receipt names this project. */
	String project(String project);

	/** A file's own time, which nobody believes. */
	String datedInFuture(String time);

	/** A hold goes on, but what is held is not what was held. */
	String heldAndWrittenAgain(String holder);

	String more(long more);

	/** Where the dumps lie that are counted and not named. */
	String restLiesIn(String places);

	/** Between the members of a list. */
	String comma();

	String linksWorkFor(Duration validity);

	String linksWorkWhileThere();

	/** Behind the name of an environment that began on an earlier page. */
	String continued();

	/**
	 * What the next digest tells.
	 * @param workloads how many workloads, 0 where it is not known
	 * @param dumps how many dumps
	 */
	String follow(long workloads, long dumps);

	// The daily report

	String reportTitle(LocalDate day);

	String newDumps();

	String told();

	String waiting();

	String expired();

	String freed(String bytes);

	String failed();

	String held();

	String objects(long objects);

	String usage();

	String ofCapacity(String bytes, String capacity, long percent);

	String unknownCapacity();

	String belowThreshold();

	String aboveThreshold();

	String firstMeasured();

	String unchanged();

	String needsPerson();

	String nothingNeedsAPerson();

	String quietDay();

	String volumes(long volumes);

	String fullest(String volume, long percent);

	String lastSuccess(String time);

	/** No run succeeded since before the day. */
	String lastSuccessIsOld(String time);

	String noSuccess();

}
