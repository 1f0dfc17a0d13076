using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;

namespace FastRnn.Generators.Scheduling;

/// <summary>What both directions of a layer's schedule look at: the graphs, the phases, the sizes and the places in memory.</summary>
internal sealed class LayerContext
{
    private readonly bool[] isUniform;

    public LayerContext(LayerGraph layer, StepGraph step, AdjointGraph adjoint)
    {
        Layer = layer;
        Step = step;
        Adjoint = adjoint;
        ForwardLevel = Phases.Forward(step);
        BackwardLevel = Phases.Backward(step, adjoint);
        isUniform = Uniform(step);
        ParameterOffsets = Offsets(layer);
        Tape = new RowLayout();
        DPre = new RowLayout();
        for (var k = 0; k < step.Accumulators.Count; k++)
        {
            DPre.Add(k, Size(step.Accumulators[k].Dimension));
        }
    }

    public LayerGraph Layer { get; }

    public StepGraph Step { get; }

    public AdjointGraph Adjoint { get; }

    public int[] ForwardLevel { get; }

    public int[] BackwardLevel { get; }

    /// <summary>Where each parameter begins among the layer's.</summary>
    public int[] ParameterOffsets { get; }

    /// <summary>Keyed by forward node.</summary>
    public RowLayout Tape { get; }

    /// <summary>Keyed by accumulator; then, from <see cref="DPreKey"/> on, by adjoint node.</summary>
    public RowLayout DPre { get; }

    public int Size(string dimension) => Layer.Size(dimension);

    public int DPreKey(int adjointNode) => Step.Accumulators.Count + adjointNode;

    /// <summary>Whether a forward node is the same number for all units: a reduction, or made of reductions and constants alone.</summary>
    public bool IsUniform(int node) => node < isUniform.Length && isUniform[node];

    /// <summary>Where in the tape's layout a uniform forward node is found.</summary>
    public int TapeLineKey(int node) => Step.Nodes.Count + node;

    /// <summary>Where in dPre's layout the number of an adjoint reduction is found.</summary>
    public int DPreLineKey(int adjointNode) => DPreKey(Adjoint.Nodes.Count + adjointNode);

    public Group ForwardGroup(int node) => new(Math.Max(0, ForwardLevel[node]), Step.Nodes[node].Dimension);

    public Group BackwardGroup(int node) => new(Math.Max(0, BackwardLevel[node]), Adjoint.Nodes[node].Dimension);

    public Slot Input() => new(BufferKind.Input, 0, "x", 0, RowLayout.Pad(Layer.InputSize), 0);

    public Slot OldState(int state) => State(BufferKind.State, state, Layer.Cell.States[state].Name + "Old", 0);

    public Slot NewState(int state) => State(BufferKind.State, state, Layer.Cell.States[state].Name + "New", 1);

    public Slot CarriedGradient(int state) =>
        State(BufferKind.StateGradient, state, "d" + Layer.Cell.States[state].Name + "Carried", 0);

    public Slot OutputGradient() =>
        new(BufferKind.DOutput, 0, "dOutput", 0, RowLayout.Pad(Layer.OutputSize), 0);

    public Slot InputGradient() => new(BufferKind.DInput, 0, "dInput", 0, RowLayout.Pad(Layer.InputSize), 0);

    public Slot OnTape(int node) => new(BufferKind.Tape, 0, "tape", Tape[node], 0, 0);

    /// <summary>The row's stride is not known before the schedule is finished: 0 stands for it until then.</summary>
    public Slot InDPre(int key, int stepDelta) =>
        new(BufferKind.DPre, 0, stepDelta == 0 ? "dPre" : "dPreNext", DPre[key], 0, stepDelta);

    /// <summary>The number of a uniform forward node or an adjoint reduction.</summary>
    public Slot Line(int node) => node < Adjoint.ForwardCount
        ? new(BufferKind.Tape, 0, "tape", Tape[TapeLineKey(node)], 0, 0, IsLine: true)
        : new(BufferKind.DPre, 0, "dPre", DPre[DPreLineKey(node)], 0, 0, IsLine: true);

    private Slot State(BufferKind buffer, int state, string name, int stepDelta) =>
        new(buffer, state, name, 0, RowLayout.Pad(Size(Layer.Cell.States[state].Dimension)), stepDelta);

    private static bool[] Uniform(StepGraph step)
    {
        var isUniform = new bool[step.Nodes.Count];
        for (var i = 0; i < isUniform.Length; i++)
        {
            var operands = step.Nodes[i].Operands.Where(o => step.Nodes[o].Operation != Operation.Constant).ToList();
            isUniform[i] = step.Nodes[i].IsReduction || (operands.Count > 0 && operands.All(o => isUniform[o]));
        }

        return isUniform;
    }

    private static int[] Offsets(LayerGraph layer)
    {
        var offsets = new int[layer.Cell.Parameters.Count];
        var next = 0;
        for (var i = 0; i < offsets.Length; i++)
        {
            var parameter = layer.Cell.Parameters[i];
            offsets[i] = next;
            next += layer.Size(parameter.Rows) * (parameter.IsVector ? 1 : layer.Size(parameter.Columns));
        }

        return offsets;
    }
}
