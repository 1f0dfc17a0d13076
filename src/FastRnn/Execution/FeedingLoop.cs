using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>The layers from one that reads the output of a later one, a step late, to that later one (input feeding, Luong, Pham and
/// Manning 2015): a step of all of them comes before the next step of any. What lies along another time among them does not depend on
/// them.</summary>
internal sealed unsafe class FeedingLoop
{
    private readonly ForwardPass pass;
    private readonly LayerStep[] steps;
    private readonly LayerStep fed;

    /// <summary>Which of the first layer's sources is fed back.</summary>
    private readonly int source;

    private FeedingLoop(ForwardPass pass, LayerStep first, int source)
    {
        (this.pass, this.source) = (pass, source);
        (Begin, End) = (first.Index, first.Sources[source]);
        fed = pass.Workspace.Steps[End];
        steps = [.. pass.Workspace.Steps.Where(step => Has(step) && !step.IsSkipped)];
    }

    /// <summary>The first layer.</summary>
    public int Begin { get; }

    /// <summary>The last one, whose output is fed back.</summary>
    public int End { get; }

    /// <summary>Whether a layer goes step by step with the others.</summary>
    public bool Has(LayerStep step) => step.Index >= Begin && step.Index <= End && step.Time == TimeDomain.Main;

    /// <summary>The loop of a model; null if nothing is fed back.</summary>
    public static FeedingLoop? Of(ForwardPass pass)
    {
        foreach (var step in pass.Workspace.Steps)
        {
            for (var i = 0; i < step.Sources.Length; i++)
            {
                if (step.Sources[i] > step.Index)
                {
                    return new FeedingLoop(pass, step, i);
                }
            }
        }

        return null;
    }

    /// <summary>A worker's rows, forward.</summary>
    public void Forward(int worker)
    {
        var plan = pass.Plan;
        if (!pass.IsContinued)
        {
            First(worker);
        }

        var (time, part, leads) = (plan[TimeDomain.Main], plan.Part(worker), plan.Leads(worker));
        var (begin, end) = time.SegmentsOf(part);
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            for (var l = 0; l < steps.Length && s > begin; l++)
            {
                pass.Carry(steps[l], in time.Segments[s - 1], in segment, worker);
            }

            for (var t = segment.From; t < segment.To; t++)
            {
                var one = segment.At(t);
                if (leads)
                {
                    time.Focus(part, t, isFirstLook: t == 0);
                }

                foreach (var step in steps)
                {
                    pass.Once(step, in one, worker);
                }
            }
        }

        if (leads)
        {
            time.Release(part);
        }
    }

    /// <summary>A worker's rows, backward, but for the gradients of first states.</summary>
    public void Backward(BackwardPass backward, int worker)
    {
        var (time, rows) = (pass.Plan[TimeDomain.Main], pass.Plan.Rows(worker));
        var edge = backward.Edge(Begin, source, worker);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            // No step reads what the last one leaves.
            if (time.Length[row] > 0)
            {
                VectorRows.Clear(edge.At(time.Length[row] - 1, row), fed.OutputStride);
            }
        }

        var (begin, end) = time.SegmentsOf(worker);
        var isFirstLook = true;
        for (var s = end - 1; s >= begin; s--)
        {
            ref var segment = ref time.Segments[s];
            for (var t = segment.To - 1; t >= segment.From; t--, isFirstLook = false)
            {
                time.Focus(worker, t, isFirstLook);
                for (var l = steps.Length - 1; l >= 0; l--)
                {
                    backward.Once(steps[l], in segment, t, worker);
                }
            }
        }

        if (isFirstLook)
        {
            // Sequences without a step: gradients of what they never looked at are zeros.
            for (var l = steps.Length - 1; l >= 0; l--)
            {
                steps[l].Operator?.Backward(backward, steps[l], worker);
            }
        }

        time.Release(worker);
    }

    private void First(int worker)
    {
        foreach (var step in steps)
        {
            pass.Begin(step, worker);
        }

        var rows = pass.Plan.Rows(worker);
        for (var row = rows.Begin; row < rows.End && pass.Plan.Leads(worker); row++)
        {
            VectorRows.Clear(pass.Workspace.StateAt(End, 0, row, 0), fed.OutputStride);
        }

        pass.Meet();
    }
}
