using FastRnn.Fuzz.Targets;
using FastRnn.Interchange.Tests.Mutants;

namespace FastRnn.Fuzz;

/// <summary>All readers of files from outside. A new one is a row here.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new Func<FuzzTarget>[]
    {
        () => new WeightsTarget(), () => new StateTarget(), () => new TrainerTarget(), () => new LoopTarget(),
        () => new ConfigurationTarget(), () => new HistoryTarget(), () => new EmbeddedWeightsTarget(), () => new AgreementTarget(),
        () => new PreparationTarget(), () => new TableTarget(), () => new ParquetTarget(),
    }.Concat(MutantKind.All.Keys.Select(kind => (Func<FuzzTarget>)(() => new ForeignTarget(kind))))
        .ToDictionary(create => create().Name, StringComparer.Ordinal);
}
