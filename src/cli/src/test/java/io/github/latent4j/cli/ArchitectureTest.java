package io.github.latent4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.github.latent4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("runtime")
            .definedBy("io.github.latent4j.runtime..")
            .layer("domain")
            .definedBy("io.github.latent4j.domain..")
            .layer("data")
            .definedBy("io.github.latent4j.data..")
            .layer("training")
            .definedBy("io.github.latent4j.training..")
            .layer("evaluation")
            .definedBy("io.github.latent4j.evaluation..")
            .layer("cli")
            .definedBy("io.github.latent4j.cli..")
            .whereLayer("runtime")
            .mayNotAccessAnyLayer()
            .whereLayer("domain")
            .mayOnlyAccessLayers("runtime")
            .whereLayer("data")
            .mayOnlyAccessLayers("runtime")
            .whereLayer("training")
            .mayOnlyAccessLayers("domain", "data", "runtime")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("data", "runtime")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.github.latent4j.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule RUNTIME_IS_PLAIN_JAVA = noClasses()
            .that()
            .resideInAPackage("io.github.latent4j.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "org.datavec..");

    @ArchTest
    static final ArchRule ARRAYS_OF_ND4J_STAY_BELOW = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.github.latent4j.domain..",
                    "io.github.latent4j.data..",
                    "io.github.latent4j.training.dl4j..",
                    "io.github.latent4j.evaluation.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

    @ArchTest
    static final ArchRule OPENBLAS_IS_CALLED_IN_TWO_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.latent4j.domain..", "io.github.latent4j.training.fused..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..");
}
