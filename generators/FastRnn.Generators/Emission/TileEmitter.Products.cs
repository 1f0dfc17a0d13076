using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <content>The loops over an operand: each element times its weights.</content>
internal sealed partial class TileEmitter
{
    private void Loop(OperandPlan operand, int rows, int chain)
    {
        var vectors = operand.Terms.Count * tile.UnitBlocks;
        var length = chain == operand.Chains - 1 ? operand.Length - (chain * operand.ChainLength) : operand.ChainLength;
        if (operand.Chains > 1 && chain == 0)
        {
            code.Line("var chains = w;");
        }

        RowBegins(operand, rows, chain * operand.ChainLength);
        code.Open($"for (nint k = 0; k < {CodeWriter.Number(length)}; k++, w += {CodeWriter.Number(vectors * tile.Lanes)})");
        if (vectors <= rows)
        {
            WeightsFirst(operand, rows);
        }
        else
        {
            RowsFirst(operand, rows);
        }

        code.Close();
        code.Close();
        if (operand.Chains > 1 && chain == 0)
        {
            code.Line($"w = {Offset("chains", operand.Length * vectors * tile.Lanes)};");
        }
    }

    private void RowBegins(OperandPlan operand, int rows, int element)
    {
        code.Open();
        for (var m = 0; m < rows; m++)
        {
            var address = m == 0
                ? RowPointers.Address(plan, operand.Source, "row") + CodeWriter.Plus(operand.Source.Offset + element)
                : $"v{m - 1} + {RowPointers.Stride(plan, operand.Source)}";
            code.Line($"var v{m} = {address};");
        }
    }

    /// <summary>Two weights in a word, as in the kernels for one row: see <see cref="RowEmitter"/>.</summary>
    private void Pairs(OperandPlan operand, int rows)
    {
        var step = CodeWriter.Number(operand.Terms.Count * tile.Units);
        RowBegins(operand, rows, 0);
        code.Open($"for (nint k = 0; k < {CodeWriter.Number(operand.Length / 2 * 2)}; k += 2, w += {step})");
        ForTerms(operand, (_, _, n) => code.Line($"var pair{n} = Simd.Load({Offset("w", n * tile.Lanes)});"));
        PairHalf(operand, rows, "first", "k", n => $"Isa.ShiftLeftBits(pair{n}, 16)");
        PairHalf(operand, rows, "second", "k + 1", n => $"pair{n}");
        code.Close();
        if (operand.Length % 2 > 0)
        {
            PairHalf(operand, rows, "last", CodeWriter.Number(operand.Length - 1), n =>
                $"Isa.ShiftLeftBits(Simd.Load({Offset("w", n * tile.Lanes)}), 16)");
            code.Line($"w += {step};");
        }

        code.Close();
    }

    private void PairHalf(OperandPlan operand, int rows, string half, string k, Func<int, string> weight)
    {
        ForTerms(operand, (_, _, n) => code.Line($"var {half}{n} = {weight(n)};"));
        for (var m = 0; m < rows; m++)
        {
            code.Line($"var {half}X{m} = Simd.Create(v{m}[{k}]);");
            ForTerms(operand, (a, b, n) => Fma(Name(a, b, m), $"{half}X{m}", half + n));
        }
    }

    /// <summary>The weights of one k stay in registers, rows pass by.</summary>
    private void WeightsFirst(OperandPlan operand, int rows)
    {
        ForTerms(operand, (_, _, n) => code.Line($"var w{n} = Simd.Load({Offset("w", n * tile.Lanes)});"));
        for (var m = 0; m < rows; m++)
        {
            code.Line($"var x{m} = Simd.Create(v{m}[k]);");
            ForTerms(operand, (a, b, n) => Fma(Name(a, b, m), "x" + m, "w" + n));
        }
    }

    /// <summary>The rows' numbers stay in registers, weights pass by.</summary>
    private void RowsFirst(OperandPlan operand, int rows)
    {
        for (var m = 0; m < rows; m++)
        {
            code.Line($"var x{m} = Simd.Create(v{m}[k]);");
        }

        ForTerms(operand, (a, b, n) =>
        {
            code.Line($"var w{n} = Simd.Load({Offset("w", n * tile.Lanes)});");
            for (var m = 0; m < rows; m++)
            {
                Fma(Name(a, b, m), "x" + m, "w" + n);
            }
        });
    }

    /// <summary>A one-hot vector selects a column: nothing is multiplied.</summary>
    private void Token(OperandPlan operand, int rows)
    {
        var stride = operand.Terms.Count * tile.Units;
        code.Open();
        for (var m = 0; m < rows; m++)
        {
            var token = m == 0 ? "call.Tokens[((nint)t * call.Batch) + row]" : $"call.Tokens[((nint)t * call.Batch) + row + {m}]";
            code.Line($"var column{m} = w + ((nint){token} * {CodeWriter.Number(stride)});");
            ForTerms(operand, (a, b, n) =>
                code.Line($"{Name(a, b, m)} += Simd.Load({Offset("column" + m, n * tile.Lanes)});"));
        }

        code.Line($"w += {CodeWriter.Number((long)operand.Length * stride)};");
        code.Close();
    }
}
