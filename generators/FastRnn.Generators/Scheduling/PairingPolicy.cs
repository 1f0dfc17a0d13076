namespace FastRnn.Generators.Scheduling;

/// <summary>Chooses the kernels that get a form for bfloat16 weights, two in a word: those whose weights do not fit the first cache beside
/// everything else. The others would read no faster; a session rounds their weights all the same, and keeps them as floats.</summary>
internal static class PairingPolicy
{
    /// <summary>Half of a first cache of 32 KB to 48 KB, in floats.</summary>
    private const long FewestWeights = 6_000;

    public static EquatableArray<OperandPlan> Pair(EquatableArray<OperandPlan> operands, int units)
    {
        var weights = operands.Where(o => !o.IsToken).Sum(o => (long)units * o.Length * o.Terms.Count);
        return new(operands.Select(o => o with { IsPaired = weights >= FewestWeights && !o.IsToken && o.Chains == 1 && o.Length > 1 }));
    }
}
