using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <content>What a method of some tiles does: begin the sums, add the products, and hand them to the equations.</content>
internal sealed partial class RowEmitter
{
    private void Start(int count)
    {
        if (hoisted is not null)
        {
            var step = CodeWriter.Number(kernel.HoistFloats(tile));
            code.Line(
                $"var sums = call.Hoisted + ((t % LayerCall.HoistSteps) * {step}) + "
                    + $"{Times("unit", hoisted.Accumulators.Count)}{HoistEmitter.Behind(hoistOffset)};");
        }

        ForVectors(count, (p, b) =>
        {
            for (var a = 0; a < kernel.Accumulators.Count; a++)
            {
                code.Line($"var {Name(a, p, b)} = {Start(a, p, b)};");
            }
        });
        ForChains(count, (_, chain) => $"var {chain} = Floats.Zero;");
        if (kernel.Operands.Count > 0)
        {
            var first = kernel.Operands[0];
            var behind = hoisted is null ? 0 : first.Terms.Count * (variant.BFloat16 ? first.PairedLength : first.Length);
            code.Line($"var p = {Offset("w", (kernel.Head.Count + behind) * tileUnits)};");
        }
    }

    /// <summary>A sum begins with what was hoisted, with its bias, or with zero.</summary>
    private string Start(int accumulator, int tileIndex, int block)
    {
        var term = hoisted is null ? -1 : kernel.Operands[0].Terms.ToList().FindIndex(t => t.Accumulator == accumulator);
        if (term >= 0)
        {
            var vector = (((tileIndex * hoisted!.Accumulators.Count) + term) * tile.UnitBlocks) + block;
            return $"Simd.Load({Offset("sums", vector * tile.Lanes)})";
        }

        var bias = kernel.Biases[accumulator];
        return bias < 0
            ? "Floats.Zero" : $"Simd.Load({Offset("w", (tileIndex * TileFloats) + (((bias * tile.UnitBlocks) + block) * tile.Lanes))})";
    }

    private static string Times(string value, int factor) => factor == 1 ? value : $"({value} * {CodeWriter.Number(factor)})";

    private void Loop(OperandPlan operand, int count)
    {
        var vectors = operand.Terms.Count * tile.UnitBlocks;
        var step = CodeWriter.Number(vectors * tile.Lanes);
        code.Open();
        code.Line($"var v = {RowPointers.Address(plan, operand.Source, "row")}{CodeWriter.Plus(operand.Source.Offset)};");
        if (operand.ChainLength > 1)
        {
            code.Open($"for (nint k = 0; k < {CodeWriter.Number(operand.ChainLength)}; k++, p += {step})");
        }

        for (var chain = 0; chain < operand.Chains; chain++)
        {
            var k = (operand.ChainLength > 1 ? "k" : "0") + CodeWriter.Plus(chain * operand.ChainLength);
            Element(operand, count, chain, operand.Chains == 1 ? "element" : "element" + CodeWriter.Number(chain + 1), k,
                chain * operand.ChainLength);
        }

        if (operand.ChainLength > 1)
        {
            code.Close();
        }
        else
        {
            code.Line($"p += {step};");
        }

        // What does not divide belongs to the last chain. The pointer stands behind the first one.
        for (var k = operand.Chains * operand.ChainLength; k < operand.Length; k++)
        {
            Element(operand, count, operand.Chains - 1, "rest" + CodeWriter.Number(k), CodeWriter.Number(k), k - operand.ChainLength);
        }

        if (operand.Chains > 1)
        {
            code.Line($"p += {CodeWriter.Number((operand.Length - operand.ChainLength) * vectors * tile.Lanes)};");
        }

        code.Close();
    }

    /// <summary>Two weights in a word: the first one is its lower half; the second one is read with that half as the end of its
    /// fraction.</summary>
    private void Pairs(OperandPlan operand, int count)
    {
        var step = CodeWriter.Number(operand.Terms.Count * tileUnits);
        code.Open();
        code.Line($"var v = {RowPointers.Address(plan, operand.Source, "row")}{CodeWriter.Plus(operand.Source.Offset)};");
        code.Open($"for (nint k = 0; k < {CodeWriter.Number(operand.Length / 2 * 2)}; k += 2, p += {step})");
        code.Line("var first = Simd.Create(v[k]);");
        code.Line("var second = Simd.Create(v[k + 1]);");
        var pairs = 0;
        ForTerms(operand, count, (sum, weight) =>
        {
            var pair = "pair" + CodeWriter.Number(pairs++);
            code.Line($"var {pair} = Simd.Load({Offset("p", weight)});");
            code.Line($"{sum} = Simd.FusedMultiplyAdd(first, Isa.ShiftLeftBits({pair}, 16), {sum});");
            code.Line($"{sum} = Simd.FusedMultiplyAdd(second, {pair}, {sum});");
        });
        code.Close();
        if (operand.Length % 2 > 0)
        {
            code.Line();
            code.Line($"var last = Simd.Create(v[{CodeWriter.Number(operand.Length - 1)}]);");
            ForTerms(operand, count, (sum, weight) =>
                code.Line($"{sum} = Simd.FusedMultiplyAdd(last, Isa.ShiftLeftBits(Simd.Load({Offset("p", weight)}), 16), {sum});"));
            code.Line($"p += {step};");
        }

        code.Close();
    }

    /// <summary>All chains but the first of each sum.</summary>
    private void ForChains(int count, Func<string, string, string> line)
    {
        foreach (var operand in kernel.Operands)
        {
            for (var chain = 1; chain < operand.Chains; chain++)
            {
                var suffix = Chain(chain);
                ForTerms(operand, count, (sum, _) => code.Line(line(sum, sum + suffix)));
            }
        }
    }

    /// <summary>One element of the operand times its weights, which stand so many elements behind the pointer.</summary>
    private void Element(OperandPlan operand, int count, int chain, string x, string k, int behind)
    {
        var suffix = Chain(chain);
        var offset = behind * operand.Terms.Count * tileUnits;
        code.Line($"var {x} = Simd.Create(v[{k}]);");
        ForTerms(operand, count, (sum, weight) =>
            code.Line($"{sum}{suffix} = Simd.FusedMultiplyAdd({x}, Simd.Load({Offset("p", weight + offset)}), {sum}{suffix});"));
    }

    private static string Chain(int chain) => chain == 0 ? "" : "_chain" + CodeWriter.Number(chain + 1);

    /// <summary>Every sum of an operand, and where its weight stands in the panel.</summary>
    private void ForTerms(OperandPlan operand, int count, Action<string, int> act)
    {
        for (var c = 0; c < count; c++)
        {
            for (var i = 0; i < operand.Terms.Count; i++)
            {
                for (var b = 0; b < tile.UnitBlocks; b++)
                {
                    act(Name(operand.Terms[i].Accumulator, c, b), (c * TileFloats) + (((i * tile.UnitBlocks) + b) * tile.Lanes));
                }
            }
        }
    }

    /// <summary>A one-hot vector selects a column: nothing is multiplied.</summary>
    private void Token(OperandPlan operand, int count)
    {
        var stride = operand.Terms.Count * tileUnits;
        code.Line($"var column = p + ((nint)call.Tokens[((nint)t * call.Batch) + row] * {CodeWriter.Number(stride)});");
        ForTerms(operand, count, (sum, weight) => code.Line($"{sum} += Simd.Load({Offset("column", weight)});"));
        code.Line($"p += {CodeWriter.Number((long)operand.Length * stride)};");
    }

    private void Equations(int count)
    {
        code.Line();
        ForChains(count, (sum, chain) => $"{sum} += {chain};");
        foreach (var slot in equations.Slots)
        {
            code.Line($"var {slot.Name} = {RowPointers.Address(plan, slot, "row")};");
        }

        ForVectors(count, (p, b) =>
        {
            var unit = ((p * tile.UnitBlocks) + b) * tile.Lanes;
            var call = equations.Call(Offset("unit", unit), Offset("w", (p * TileFloats) + (b * tile.Lanes)), a => Name(a, p, b));
            if (b > 0 && kernel.PaddedUnits % tileUnits != 0)
            {
                // Vectors of the last tile beyond the padded row belong to no unit.
                code.Open($"if ({Offset("unit", unit)} < {CodeWriter.Number(kernel.PaddedUnits)})");
                code.Line(call);
                code.Close();
                return;
            }

            code.Line(call);
        });
    }

    private void ForVectors(int count, Action<int, int> act)
    {
        for (var p = 0; p < count; p++)
        {
            for (var b = 0; b < tile.UnitBlocks; b++)
            {
                act(p, b);
            }
        }
    }

    private string Name(int accumulator, int tileIndex, int block) =>
        kernel.AccumulatorName(accumulator) + "_" + CodeWriter.Number((tileIndex * tile.UnitBlocks) + block);

    private static string Offset(string pointer, int offset) => pointer + CodeWriter.Plus(offset);
}
