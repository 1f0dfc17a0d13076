namespace FastRnn.Generators;

/// <summary>Names of the pipeline's steps, by which tests ask why one ran.</summary>
internal static class Steps
{
    public const string ParsedCells = nameof(ParsedCells);
    public const string ParsedModels = nameof(ParsedModels);
    public const string Cells = nameof(Cells);
    public const string CellOutcomes = nameof(CellOutcomes);
    public const string CellMembers = nameof(CellMembers);
    public const string ParsedLosses = nameof(ParsedLosses);
    public const string Losses = nameof(Losses);
    public const string LossOutcomes = nameof(LossOutcomes);
    public const string LossPlans = nameof(LossPlans);
    public const string Models = nameof(Models);
    public const string RecordedCells = nameof(RecordedCells);
    public const string LinkedModels = nameof(LinkedModels);
    public const string ModelOutcomes = nameof(ModelOutcomes);
    public const string Widths = nameof(Widths);
    public const string ModelsOfWidths = nameof(ModelsOfWidths);
    public const string ModelGraphs = nameof(ModelGraphs);
    public const string ModelPlans = nameof(ModelPlans);
    public const string KernelSets = nameof(KernelSets);
    public const string NamedPlans = nameof(NamedPlans);
    public const string KernelPlans = nameof(KernelPlans);
    public const string WeightPaths = nameof(WeightPaths);
    public const string WeightFiles = nameof(WeightFiles);
    public const string LinkedWeights = nameof(LinkedWeights);
    public const string WeightsOutcomes = nameof(WeightsOutcomes);
    public const string RefusedCells = nameof(RefusedCells);
    public const string RefusedModels = nameof(RefusedModels);
    public const string RefusedLosses = nameof(RefusedLosses);
    public const string Unoptimized = nameof(Unoptimized);
    public const string HintNames = nameof(HintNames);
    public const string Problems = nameof(Problems);
}
