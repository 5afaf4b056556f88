package dev.dumpkeeper;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of the code and what each may use. Each package is a room, one below another
 * as well. The table is the rule: a new edge is added here and in a decision record.
 */
class RoomsTests {

	private static final String ROOT = "dev.dumpkeeper";

	/** Whatever shows what others chose goes through it. */
	private static final String FOR_ALL = "text";

	private static final Map<String, Set<String>> MAY_USE = Map.ofEntries( //
			Map.entry("text", Set.of()), //
			Map.entry("run", Set.of()), //
			Map.entry("gateway", Set.of()), //
			Map.entry("metadata", Set.of("gateway")), //
			Map.entry("scan", Set.of("run", "gateway")), //
			Map.entry("usage", Set.of("run", "gateway", "scan")), //
			Map.entry("hprof", Set.of()), //
			Map.entry("ledger", Set.of("run", "gateway", "scan", "hprof")), //
			Map.entry("retention", Set.of("run", "gateway", "scan", "ledger")), //
			Map.entry("wecom", Set.of("run")), //
			Map.entry("digest", Set.of("run", "gateway", "hprof", "ledger", "wecom")), //
			Map.entry("capacity.forecast", Set.of()), //
			Map.entry("capacity",
					Set.of("capacity.forecast", "run", "metadata", "usage", "ledger", "retention", "wecom", "digest")), //
			Map.entry("maintenance",
					Set.of("run", "gateway", "scan", "usage", "hprof", "ledger", "retention", "wecom", "digest",
							"capacity")), //
			Map.entry("web", Set.of("run", "gateway", "digest", "maintenance")), //
			Map.entry("", Set.of("maintenance")));

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void everyPackageIsARoomAndNoRoomIsEmpty() {
		Set<String> rooms = CLASSES.stream().map(RoomsTests::room).collect(Collectors.toCollection(TreeSet::new));
		assertThat(rooms).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
	}

	@Test
	void aRoomUsesOnlyTheRoomsThatTheTableAllows() {
		assertThat(forbidden(CLASSES)).isEmpty();
	}

	@Test
	void aForbiddenEdgeWouldBeFound() {
		JavaClasses planted = new ClassFileImporter().importClasses(dev.dumpkeeper.gateway.PlantedViolation.class,
				dev.dumpkeeper.scan.Walk.class);
		assertThat(forbidden(planted)).singleElement().asString().contains("PlantedViolation", "scan.Walk");
	}

	@Test
	void anEdgeToTheRoomAboveWouldBeFound() {
		JavaClasses planted = new ClassFileImporter().importClasses(
				dev.dumpkeeper.capacity.forecast.PlantedViolation.class, dev.dumpkeeper.capacity.CapacityLevel.class);
		assertThat(forbidden(planted)).singleElement()
			.asString()
			.contains("PlantedViolation", "capacity.CapacityLevel");
	}

	@Test
	void aForecastIsPlainComputation() {
		List<String> users = CLASSES.stream()
			.filter((type) -> room(type).equals("capacity.forecast"))
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.map((edge) -> edge.getTargetClass().getBaseComponentType().getName())
			.filter((name) -> !name.matches(
					"boolean|int|long|double|void|java\\..*|org\\.jspecify\\..*|" + ROOT + "\\.capacity\\.forecast\\..*"))
			.distinct()
			.toList();
		assertThat(users).isEmpty();
	}

	@Test
	void minioIsSpokenOnlyInTheGateway() {
		assertThat(users("io.minio", "okhttp3")).containsOnly("gateway");
	}

	@Test
	void springBatchAppearsOnlyWhereStepsAndJobsAreMade() {
		List<String> users = CLASSES.stream()
			.filter((type) -> uses(type, "org.springframework.batch"))
			.map(JavaClass::getName)
			.filter((name) -> !name.matches(".*StepConfiguration(\\$.*)?|" + ROOT + "\\.maintenance\\..*|" + ROOT
					+ "\\.run\\.VolumeSteps(\\$.*)?"))
			.toList();
		assertThat(users).isEmpty();
	}

	@Test
	void policiesImportNoFrameworkThatTouchesTheWorld() {
		List<String> pure = List.of("retention.RetentionPolicy", "retention.SweepBrake", "retention.BatchSize",
				"retention.Protection", "scan.Plausibility", "scan.Globs", "scan.OpenDumps", "ledger.DumpNames");
		for (String name : pure) {
			JavaClass type = CLASSES.get(ROOT + "." + name);
			assertThat(uses(type, "org.springframework.jdbc", "org.springframework.data", "org.springframework.batch",
					"io.minio", "okhttp3"))
				.as(name)
				.isFalse();
		}
	}

	@Test
	void nothingReadsTheWallClockInsideARule() {
		List<String> readers = CLASSES.stream()
			.filter((type) -> !room(type).equals("maintenance"))
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().getFullName().equals("java.time.Instant")
					&& call.getName().equals("now")
					|| call.getTargetOwner().getFullName().equals("java.lang.System")
							&& call.getName().equals("currentTimeMillis"))
			.map(Object::toString)
			.toList();
		assertThat(readers).isEmpty();
	}

	private static List<String> forbidden(JavaClasses classes) {
		return classes.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((edge) -> edge.getTargetClass().getPackageName().startsWith(ROOT))
			.filter((edge) -> !room(edge.getOriginClass()).equals(room(edge.getTargetClass())))
			.filter((edge) -> !room(edge.getTargetClass()).equals(FOR_ALL))
			.filter((edge) -> !MAY_USE.getOrDefault(room(edge.getOriginClass()), Set.of())
				.contains(room(edge.getTargetClass())))
			.map((edge) -> edge.getOriginClass().getName() + " -> " + edge.getTargetClass().getName())
			.distinct()
			.toList();
	}

	private static Set<String> users(String... prefixes) {
		return CLASSES.stream()
			.filter((type) -> uses(type, prefixes))
			.map(RoomsTests::room)
			.collect(Collectors.toSet());
	}

	private static boolean uses(JavaClass type, String... prefixes) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.anyMatch((edge) -> List.of(prefixes).stream().anyMatch(edge.getTargetClass().getName()::startsWith));
	}

	private static String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
	}

}
