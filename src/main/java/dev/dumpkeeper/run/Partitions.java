package dev.dumpkeeper.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * Has the partitions of a step executed, by this process alone or by others as well.
 */
public interface Partitions {

	/**
	 * Creates the handler of one step.
	 * @param worker executes one partition
	 * @param parallel how many partitions one process executes at once, 1 or more
	 * @return the handler, which returns when every partition has ended
	 */
	PartitionHandler handler(Step worker, int parallel);

	/**
	 * Returns partitions in the order in which they should start.
	 * @param partitions made by a step of {@link VolumeStepBuilder}
	 * @return the same, in the order of the step's parts
	 */
	static List<StepExecution> inOrder(Collection<StepExecution> partitions) {
		return partitions.stream().sorted(Comparator.comparingInt(VolumeStepBuilder::place)).toList();
	}

}
