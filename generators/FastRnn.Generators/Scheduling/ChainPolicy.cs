namespace FastRnn.Generators.Scheduling;

/// <summary>Cuts the sums of small layers into several chains. A fused multiply-add takes four cycles and two begin in each, so a
/// step of one row with fewer than about eight vectors of sums would wait for its own chains. The number depends on the shape of
/// the layer alone, never on the vector width or the batch: it is part of the arithmetic contract.</summary>
internal static class ChainPolicy
{
    private const int MostChains = 4;
    private const int FewestElements = 4;

    /// <summary>From so many vectors of 16 units on one chain is enough.</summary>
    private const int EnoughVectors = 6;
    private const int Lanes = 16;

    /// <summary>Cuts the longest operand: no other waits as long.</summary>
    public static EquatableArray<OperandPlan> Cut(EquatableArray<OperandPlan> operands, int units)
    {
        var longest = -1;
        for (var o = 0; o < operands.Count; o++)
        {
            if (!operands[o].IsToken && (longest < 0 || operands[o].Length >= operands[longest].Length))
            {
                longest = o;
            }
        }

        return longest < 0
            ? operands
            : new(operands.Select((o, i) => i == longest ? o with { Chains = Chains(o, units) } : o));
    }

    private static int Chains(OperandPlan operand, int units)
    {
        var vectors = operand.Terms.Count * ((units + Lanes - 1) / Lanes);
        var chains = 1;
        while (vectors * chains < EnoughVectors && chains < MostChains && operand.Length / (2 * chains) >= FewestElements)
        {
            chains *= 2;
        }

        return chains;
    }
}
