using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>In which order the numbers of a model lie in its assembly: what the runtime's <c>EmbeddedPanels</c> reads. An index is that of
/// a parameter in canonical order, or <see cref="Nothing"/> for a unit beyond the last, which is zero.</summary>
/// <param name="Float32">The numbers that are floats.</param>
/// <param name="BFloat16">Those that are bfloat16, behind them.</param>
/// <param name="Int8">Those that are int8, behind these.</param>
/// <param name="Rows">The rows of matrices of int8 numbers: for each the index of its first number, and how many there are. Row r has its
/// scale among the floats as the index <see cref="Scale"/> - r.</param>
/// <param name="Panels">For each layer whether it lies in the order of its kernels' panels.</param>
internal sealed record WeightOrder(
    IReadOnlyList<int> Float32, IReadOnlyList<int> BFloat16, IReadOnlyList<int> Int8, IReadOnlyList<(int First, int Count)> Rows,
    IReadOnlyList<bool> Panels)
{
    public const int Nothing = -1;

    /// <summary>The scale of the first row.</summary>
    public const int Scale = -2;

    public long Bytes => (4L * Float32.Count) + (2L * BFloat16.Count) + Int8.Count;

    public static WeightOrder Of(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var width = model.Weights!.Width switch { 128 => 0, 256 => 1, 512 => 2, _ => -1 };
        var exact = new List<int>();
        var halves = model.Weights.Format == WeightFormat.BFloat16 ? new List<int>() : exact;
        var offset = (int)model.TableCount;
        var (integers, rows) = (new List<int>(), new List<(int First, int Count)>());
        var isInteger = model.Weights.Format == WeightFormat.Int8;
        exact.AddRange(Enumerable.Range(0, offset));
        var panels = new List<bool>();
        for (var l = 0; l < plans.Count; l++)
        {
            var count = (int)model.Layers[l].ParameterCount;
            panels.Add(width >= 0 && !isInteger && IsWhole(plans[l], count));
            if (panels[l])
            {
                foreach (var kernel in plans[l].Forward)
                {
                    Panel(kernel, kernel.Tiles[width], offset, exact.Add, halves.Add);
                }
            }
            else if (isInteger)
            {
                Integers(model.Layers[l], plans[l], offset, exact, integers, rows);
            }
            else
            {
                Canonical(model.Layers[l], offset, (rounded, indices) => (rounded ? halves : exact).AddRange(indices));
            }

            offset += count;
        }

        return new WeightOrder(exact, ReferenceEquals(halves, exact) ? [] : halves, integers, rows, panels);
    }

    /// <summary>Whether the panels hold each number of the layer as it is. They do not, where a head is the sum of several vectors, or a
    /// learned first state is in none of them.</summary>
    private static bool IsWhole(LayerPlan plan, int count)
    {
        if (plan.Forward.Any(kernel => kernel.Head.Any(sources => sources.Count != 1)))
        {
            return false;
        }

        var found = new bool[count];
        foreach (var kernel in plan.Forward)
        {
            Panel(kernel, kernel.Tiles[0], 0, Find, Find);
        }

        return plan.Forward.Count > 0 && found.All(f => f);

        void Find(int index)
        {
            if (index >= 0)
            {
                found[index] = true;
            }
        }
    }

    /// <summary>Tile by tile: the vectors at its head; then for each operand, element and accumulator the weights of the tile's
    /// units.</summary>
    private static void Panel(KernelPlan kernel, TilePlan tile, int offset, Action<int> head, Action<int> weight)
    {
        for (var first = 0; first < kernel.Units; first += tile.Units)
        {
            foreach (var sources in kernel.Head)
            {
                Units(kernel, tile, first, offset + sources[0], 1, head);
            }

            foreach (var operand in kernel.Operands)
            {
                for (var k = 0; k < operand.Length; k++)
                {
                    foreach (var term in operand.Terms)
                    {
                        Units(kernel, tile, first, offset + term.Source + (k * term.Stride), term.UnitStride, weight);
                    }
                }
            }
        }
    }

    private static void Units(KernelPlan kernel, TilePlan tile, int first, int source, int stride, Action<int> add)
    {
        for (var unit = first; unit < first + tile.Units; unit++)
        {
            add(unit < kernel.Units ? source + (unit * stride) : Nothing);
        }
    }

    /// <summary>The parameters of a layer as they were declared. Only what kernels multiply may be rounded.</summary>
    private static void Canonical(LayerGraph layer, int offset, Action<bool, IEnumerable<int>> add)
    {
        foreach (var parameter in layer.Cell.Parameters)
        {
            var count = layer.Size(parameter.Rows) * (parameter.IsVector ? 1 : layer.Size(parameter.Columns));
            add(layer.IsKernel && !parameter.IsVector, Enumerable.Range(offset, count));
            offset += count;
        }
    }

    /// <summary>The parameters of a layer as they were declared, matrices that kernels multiply row by row.</summary>
    private static void Integers(
        LayerGraph layer, LayerPlan plan, int offset, List<int> exact, List<int> integers, List<(int First, int Count)> rows)
    {
        var first = offset;
        foreach (var parameter in layer.Cell.Parameters)
        {
            var (count, columns) = (layer.Size(parameter.Rows), parameter.IsVector ? 1 : layer.Size(parameter.Columns));
            var source = offset - first;
            if (parameter.IsVector
                || !plan.Forward.Any(k => k.Operands.Any(o => !o.IsToken && o.Terms.Any(t => t.Source == source))))
            {
                exact.AddRange(Enumerable.Range(offset, count * columns));
            }
            else
            {
                for (var row = 0; row < count; row++)
                {
                    exact.Add(Scale - rows.Count);
                    rows.Add((offset + (row * columns), columns));
                }

                integers.AddRange(Enumerable.Range(offset, count * columns));
            }

            offset += count * columns;
        }
    }
}
