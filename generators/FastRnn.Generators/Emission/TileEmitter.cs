using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the microkernel of a tile: M rows x N vectors of accumulators that stay in registers over the K loops.</summary>
/// <param name="code">Where to.</param>
/// <param name="plan">The layer.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="tile">The tile.</param>
/// <param name="bfloat16">Whether panels have two weights in a word.</param>
/// <param name="sumsStride">Floats from one row of sums to the next where the caller says where they go; null if they go to the
/// scratch.</param>
internal sealed partial class TileEmitter(
    CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, bool bfloat16 = false, long? sumsStride = null)
{
    private int Vectors => kernel.Accumulators.Count * tile.UnitBlocks;

    private long SumsStride => sumsStride ?? Vectors * tile.Lanes;

    public void Emit(int rows)
    {
        var units = CodeWriter.Number(tile.Units);
        var target = sumsStride is null ? "" : ", float* sums";
        code.Line($"/// <summary>{Names.Xml(kernel.Title)}: {rows} row(s) x {units} units.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        code.Open($"private static void {TileMethods.Name(kernel, rows, bfloat16)}(in LayerCall call, int t, int row, float* w{target})");
        Start(rows);
        if (kernel.OperandsOfNextStep)
        {
            code.Line();
            code.Line("// After the last step no later step hands a gradient back.");
            code.Open("if (t + 1 < call.Steps)");
        }

        foreach (var operand in kernel.Operands)
        {
            code.Line();
            code.Line("// " + operand.Comment);
            if (operand.IsToken)
            {
                Token(operand, rows);
            }
            else if (bfloat16 && operand.IsPaired)
            {
                Pairs(operand, rows);
            }
            else
            {
                Loop(operand, rows, 0);
            }
        }

        if (kernel.OperandsOfNextStep)
        {
            code.Close();
        }

        Finish(rows);
        foreach (var operand in kernel.Operands.Where(o => o.Chains > 1))
        {
            MoreChains(operand, rows);
        }

        code.Close();
    }

    /// <summary>The other chains begin at zero and are added to the sums in the scratch, one after the other: the registers hold one
    /// chain of each sum.</summary>
    private void MoreChains(OperandPlan operand, int rows)
    {
        for (var chain = 1; chain < operand.Chains; chain++)
        {
            code.Line();
            code.Line($"// {operand.Comment}: chain {CodeWriter.Number(chain + 1)} of {CodeWriter.Number(operand.Chains)}.");
            code.Line($"w = {Offset("chains", chain * operand.ChainLength * operand.Terms.Count * tile.Units)};");
            ForRowTerms(operand, rows, (a, b, m) => code.Line($"{Name(a, b, m)} = Floats.Zero;"));
            Loop(operand, rows, chain);
            ForRowTerms(operand, rows, (a, b, m) =>
            {
                var at = Offset("sums", Place(a, b, m));
                code.Line($"Simd.Store(Simd.Load({at}) + {Name(a, b, m)}, {at});");
            });
        }
    }

    private void Start(int rows)
    {
        for (var a = 0; a < kernel.Accumulators.Count; a++)
        {
            for (var b = 0; b < tile.UnitBlocks; b++)
            {
                var offset = (kernel.Biases[a] * tile.UnitBlocks + b) * tile.Lanes;
                var value = kernel.Biases[a] < 0 ? "Floats.Zero" : $"Simd.Load({Offset("w", offset)})";
                code.Line($"var {Name(a, b, 0)} = {value};");
            }
        }

        for (var m = 1; m < rows; m++)
        {
            code.Line(string.Join(" ", Each((a, b) => $"var {Name(a, b, m)} = {Name(a, b, 0)};")));
        }

        if (kernel.Head.Count > 0)
        {
            code.Line($"w += {CodeWriter.Number(kernel.Head.Count * tile.Units)};");
        }
    }

    private void Finish(int rows)
    {
        code.Line();
        if (sumsStride is null)
        {
            code.Line("var sums = call.Scratch;");
        }

        for (var m = 0; m < rows; m++)
        {
            var row = m;
            foreach (var line in Each((a, b) =>
                $"Simd.Store({Name(a, b, row)}, {Offset("sums", Place(a, b, row))});"))
            {
                code.Line(line);
            }
        }
    }

    private long Place(int accumulator, int block, int row) =>
        (row * SumsStride) + (((accumulator * tile.UnitBlocks) + block) * tile.Lanes);

    private void ForRowTerms(OperandPlan operand, int rows, Action<int, int, int> act)
    {
        for (var m = 0; m < rows; m++)
        {
            ForTerms(operand, (a, b, _) => act(a, b, m));
        }
    }

    private void Fma(string sum, string x, string weight) =>
        code.Line($"{sum} = Simd.FusedMultiplyAdd({x}, {weight}, {sum});");

    private void ForTerms(OperandPlan operand, Action<int, int, int> act)
    {
        for (var i = 0; i < operand.Terms.Count; i++)
        {
            for (var b = 0; b < tile.UnitBlocks; b++)
            {
                act(operand.Terms[i].Accumulator, b, (i * tile.UnitBlocks) + b);
            }
        }
    }

    private IEnumerable<string> Each(Func<int, int, string> text) =>
        from a in Enumerable.Range(0, kernel.Accumulators.Count)
        from b in Enumerable.Range(0, tile.UnitBlocks)
        select text(a, b);

    private string Name(int accumulator, int block, int row)
    {
        var name = kernel.AccumulatorName(accumulator) + "_" + CodeWriter.Number(row);
        return tile.UnitBlocks == 1 ? name : name + "_" + CodeWriter.Number(block);
    }

    private static string Offset(string pointer, long offset) => pointer + CodeWriter.Plus(offset);
}
