package dev.dumpkeeper.runs;

import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.run.VolumeStepBuilder;

/**
 * Composes the jobs from the steps of all packages.
 */
@Configuration(proxyBeanMethods = false)
@Import(JobsConfiguration.Registrar.class)
class JobsConfiguration {

	@Bean
	Step composeDailyReportStep(JobRepository repository, DailyReports reports, DailyStatusCollector states) {
		return VolumeStepBuilder.single("composeDailyReport", repository,
				(run) -> reports.post(run, states.at(run, reports.yesterday(run))));
	}

	/** Registers a bean for each job. */
	static final class Registrar implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			for (JobName job : JobName.values()) {
				register(registry, job.text(), job.steps());
			}
			register(registry, JobName.APPROVED_PLAN, JobName.APPROVED_STEPS);
		}

		private static void register(BeanRegistry registry, String name, List<String> steps) {
			registry.registerBean(name, Job.class, (bean) -> bean.supplier((context) -> job(name, steps,
					context.bean(JobRepository.class), context.beanProvider(Step.class).stream().toList())));
		}

		private static Job job(String name, List<String> order, JobRepository repository, List<Step> steps) {
			List<Step> inOrder = order.stream()
				.map((step) -> steps.stream().filter((bean) -> bean.getName().equals(step)).findFirst().orElseThrow())
				.toList();
			SimpleJobBuilder job = new JobBuilder(name, repository).start(inOrder.get(0));
			inOrder.stream().skip(1).forEach(job::next);
			return job.build();
		}

	}

}
