namespace FastRnn.Generators.Scheduling;

/// <summary>Chooses the sums that are made for many steps at once before a recurrence begins: the products with x do not wait for
/// anything. One row at a time reads all weights in every step; hoisted, those of x are read once in
/// FastRnn.CompilerServices.LayerCall.HoistSteps steps. Chains begin with them in any case, so the bits are the same.</summary>
internal static class HoistPolicy
{
    /// <summary>Below that, storing the sums and loading them again costs what is saved.</summary>
    private const int FewestInputs = 16;

    /// <summary>The part of a forward kernel that can be hoisted, as a kernel of its own over the same panels; null if there is
    /// none.</summary>
    public static KernelPlan? Part(KernelPlan kernel)
    {
        if (kernel.Operands.Count < 2 || !CanHoist(kernel.Operands[0]))
        {
            return null;
        }

        var input = kernel.Operands[0];

        var accumulators = input.Terms.Select(t => t.Accumulator).ToList();
        return kernel with
        {
            Name = kernel.Name + "Hoist",
            Title = "The sums so far as they are of x",
            Accumulators = new(accumulators.Select(a => kernel.Accumulators[a])),
            Biases = new(accumulators.Select(a => kernel.Biases[a])),
            Reductions = EquatableArray<ReductionPlan>.Empty,
            Uniform = EquatableArray<Statement>.Empty,
            Operands = new([input with { Terms = new(input.Terms.Select((t, i) => t with { Accumulator = i })) }]),
            Epilogue = EquatableArray<Statement>.Empty,
            Finish = EquatableArray<Statement>.Empty,
        };
    }

    private static bool CanHoist(OperandPlan operand) =>
        operand.Source.Buffer == BufferKind.Input && !operand.IsToken && operand.Chains == 1 && operand.Length >= FewestInputs;
}
