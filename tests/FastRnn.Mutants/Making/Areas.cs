namespace FastRnn.Mutants.Making;

/// <summary>What code is for: where mutants are chosen, and how they are counted.</summary>
internal static class Areas
{
    /// <summary>Methods of emitted kernels by parts of their names, the first that fits.</summary>
    private static readonly (string Part, string Area)[] Emitted =
    [
        ("Int8", "int8"), ("Hoist", "hoisted products"), ("Reduce", "sums along rows"), ("Fetch", "backward tiles"),
        ("BackwardEquations", "backward equations"), ("ForwardEquations", "forward equations"), ("InputGradient", "input gradient"),
        ("Row", "rows (streams)"), ("BackwardEpilogue", "backward tiles"), ("ForwardEpilogue", "forward tiles"),
        ("Backward", "backward tiles"), ("Forward", "forward tiles"),
    ];

    /// <summary>Folders of the runtime that compute, with the beginnings of the names of files that do not, or cannot on this
    /// processor.</summary>
    private static readonly Dictionary<string, string[]> Runtime = new()
    {
        ["Contract/CompilerServices"] =
        [
            "Int8DotArm", "Int8DotNeon", "Int8Dot512", "Int8DotVnni", "Int8DotPortable", "Simd512", "SimdDispatch", "SixteenRegisters",
            "StepBarrier", "CacheHint", "ModelStore", "Count",
        ],
        ["Kernels"] = ["BlockPrefetch", "RowPrefetch"],
        ["Operations"] = [],
        ["Parameters"] = ["ParameterStore", "KernelWidth", "ModelKernels", "EmbeddedReader", "CanonicalCopy"],
        ["Execution"] =
        [
            "ArgumentCheck", "BatchCheck", "CheckMessage", "LossWeightCheck", "StepCheck", "TargetCheck", "UseCheck", "WeightFormatCheck",
            "MemoryBudget", "BatchSearch", "RunSizes",
        ],
        ["Training"] =
        [
            "Trainer", "Training", "Loop", "Progress", "NonFinite", "Bptt", "Evaluator", "EvaluationMetrics", "BatchSteps", "Custom",
            "Validation", "EarlyStopping", "OptimizerNumbers", "FiniteNumbers",
        ],
        ["Inference"] = ["Session", "Predictor", "TensorSession", "BeamOptions"],
    };

    /// <summary>Of a method of an emitted file; null for what is no kernel.</summary>
    public static string? OfEmitted(string method)
    {
        var plain = new string([.. method.Where(letter => !char.IsDigit(letter))]);
        var area = Emitted.FirstOrDefault(pair => plain.Contains(pair.Part, StringComparison.Ordinal)).Area;
        return area is null ? null : "emitted: " + area;
    }

    /// <summary>Whether a generated file holds kernels.</summary>
    public static bool IsKernel(string path) =>
        path.Contains(".W128.", StringComparison.Ordinal) || path.Contains(".W256.", StringComparison.Ordinal);

    /// <summary>Of a file of the runtime; null for one that computes nothing.</summary>
    /// <param name="path">Its path below the runtime's folder, with slashes.</param>
    public static string? OfRuntime(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 0 && Runtime.TryGetValue(path[..slash], out var others)
            && !others.Any(other => path[(slash + 1)..].StartsWith(other, StringComparison.Ordinal))
            ? "runtime: " + path[..slash] : null;
    }
}
