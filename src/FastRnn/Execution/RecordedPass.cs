using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Memory;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>A recorded forward pass and a backward pass from any gradient, one after the other, with states and gradients to set and to
/// read between them: what stands behind BPTT by hand and behind a look inside.</summary>
internal sealed unsafe class RecordedPass : IDisposable
{
    private const int First = 0;
    private const int Last = 1;
    private readonly bool[][] given;
    private readonly Job job;
    private bool hasGiven;

    /// <summary>Takes memory.</summary>
    public RecordedPass(ParameterStore model, RunSizes sizes, bool keepsStateGradients)
    {
        Run = new RecordedRun(model, sizes, new RecordedNeeds(Boundaries: 2, InputGradient: true, keepsStateGradients));
        given = [.. model.Info.Layers.Select(l => new bool[l.States.Count])];
        job = new Job(this);
    }

    /// <summary>The parts.</summary>
    public RecordedRun Run { get; }

    /// <summary>Whether a forward pass waits for its backward pass.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>Whether a backward pass followed the last forward pass.</summary>
    public bool HasGradients { get; private set; }

    /// <summary>Sequences of the last forward pass.</summary>
    public int Count => HasPassed ? Runner.Plan.Count : Runner.Sizes.Batch;

    private Runner Runner => Run.Runner;

    private bool HasPassed => IsRecorded || HasGradients;

    /// <summary>Checks a batch and passes over it.</summary>
    public void Forward(in SequenceBatch batch, Span<float> y, bool wantsOutputs)
    {
        // A batch that is refused has changed where positions stand: what was passed before is lost with it.
        (IsRecorded, HasGradients) = (false, false);
        Runner.Input.Take(in batch);
        if (wantsOutputs)
        {
            ArgumentCheck.Length(y.Length, Runner.Input.OutputPositions * Runner.Info.OutputSize, nameof(y), "[T, B, O]");
            BatchCheck.Apart(in batch, y);
        }

        Runner.Forward.Given = hasGiven ? given : null;
        job.Kind = JobKind.Forward;
        Runner.Run(job, in batch, y);
        IsRecorded = true;
    }

    /// <summary>Checks the gradient of the outputs and passes back.</summary>
    public void Backward(ReadOnlySpan<float> dY)
    {
        Check(IsRecorded, "Backward needs a forward pass first: each one is used once.");
        ArgumentCheck.Length(dY.Length, Runner.Input.OutputPositions * Runner.Info.OutputSize, nameof(dY), "[T, B, O]");
        job.Kind = JobKind.Backward;
        var seen = Runner.Model.Changes.BeginRead();
        fixed (float* gradients = dY)
        {
            job.DY = gradients;
            Runner.RunRows(job);
        }

        Finish();
        Runner.Model.Changes.EndRead(seen);
    }

    /// <summary>Checks targets and passes back from the declared loss.</summary>
    /// <returns>The loss as the model declares it.</returns>
    public double BackwardFromLoss(in SequenceBatch targets)
    {
        Run.Loss.Take(in targets);
        job.Kind = JobKind.Loss;
        Runner.Run(job, in targets);
        Finish();
        Run.Loss.Add();
        return Run.Loss.Reduce(Run.Loss.Sum);
    }

    /// <summary>Sets an initial state of the next passes.</summary>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        ArgumentCheck.State(Runner.Info, layer, state, values.Length, Runner.Sizes.Batch, nameof(values));
        Run.States.Write(layer, state, values);
        hasGiven = given[layer][state] = true;
    }

    /// <summary>Initial states become those of another run.</summary>
    public void SetStates(StateStore other)
    {
        Run.States.CopyFrom(other);
        foreach (var states in given)
        {
            Array.Fill(states, true);
        }

        hasGiven = true;
    }

    /// <summary>Sets the gradient of a last state for the next backward pass.</summary>
    public void SetStateGradient(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = ArgumentCheck.State(Runner.Info, layer, state, values.Length, Runner.Sizes.Batch, nameof(values));
        for (var sequence = 0; sequence < Runner.Sizes.Batch; sequence++)
        {
            values.Slice(sequence * size, size).CopyTo(new Span<float>(Run.States.At(Last, sequence, layer, state), size));
        }
    }

    /// <summary>Copies out the states after the last steps.</summary>
    public void ReadLastState(int layer, int state, Span<float> values)
    {
        if (HasPassed)
        {
            ReadState(layer, state, int.MaxValue, values);
        }
        else
        {
            ArgumentCheck.State(Runner.Info, layer, state, values.Length, Runner.Sizes.Batch, nameof(values));
            Run.States.Read(layer, state, values);
        }
    }

    /// <summary>Copies out the states after <paramref name="t"/> steps, or the last ones of shorter sequences.</summary>
    public void ReadState(int layer, int state, int t, Span<float> values)
    {
        var size = ArgumentCheck.State(Runner.Info, layer, state, values.Length, Count, nameof(values));
        Check(HasPassed, "There was no forward pass that succeeded.");
        var time = Runner.Plan[Runner.Workspace.Steps[layer].Time];
        for (var sequence = 0; sequence < Count; sequence++)
        {
            var row = time.Row[sequence];
            new ReadOnlySpan<float>(Runner.Workspace.StateAt(layer, state, row, Math.Min(t, time.Length[row])), size)
                .CopyTo(values[(sequence * size)..]);
        }
    }

    /// <summary>Copies out the gradients of the first states.</summary>
    public void ReadStateGradient(int layer, int state, Span<float> values)
    {
        var size = ArgumentCheck.State(Runner.Info, layer, state, values.Length, Count, nameof(values));
        CheckGradients();
        var (time, padded) = (Runner.Plan[Runner.Workspace.Steps[layer].Time], Padding.RoundUp(size));
        for (var sequence = 0; sequence < Count; sequence++)
        {
            var row = time.Row[sequence];
            new ReadOnlySpan<float>(Run.Backward.StateGradient(layer, state) + ((nint)row * padded), size)
                .CopyTo(values[(sequence * size)..]);
        }
    }

    /// <summary>Copies out the gradients of the states after <paramref name="t"/> steps; zeros of sequences that are over by
    /// then.</summary>
    public void ReadGradient(int layer, int state, int t, Span<float> values)
    {
        var (time, size) = (Runner.Plan[Runner.Workspace.Steps[layer].Time], Runner.Info.Layers[layer].States[state].Size);
        values.Clear();
        for (var sequence = 0; sequence < Count; sequence++)
        {
            var row = time.Row[sequence];
            if (t <= time.Length[row])
            {
                new ReadOnlySpan<float>(Run.Backward.History!.At(layer, state, row, t), size).CopyTo(values[(sequence * size)..]);
            }
        }
    }

    /// <summary>Copies out the gradients of the input.</summary>
    public void ReadInputGradient(Span<float> dX)
    {
        CheckGradients();
        if (Run.Backward.DInput == null)
        {
            throw new InvalidOperationException($"{Runner.Info.Name} reads one-hot tokens, which have no gradient.");
        }

        ArgumentCheck.Length(dX.Length, Runner.Plan[TimeDomain.Main].Positions * Runner.Info.InputSize, nameof(dX), "[T, B, I]");
        fixed (float* to = dX)
        {
            for (var worker = 0; worker < Runner.Sizes.Workers; worker++)
            {
                Runner.Rows.CopyInputGradients(worker, Run.Backward.DInput, to);
            }
        }
    }

    /// <summary>Refuses to go on without a backward pass behind the forward pass.</summary>
    /// <exception cref="InvalidOperationException">There was none.</exception>
    public void CheckGradients() => Check(HasGradients, "Gradients need a backward pass after the forward pass.");

    /// <inheritdoc/>
    public void Dispose() => Run.Dispose();

    private static void Check(bool isThere, string message)
    {
        if (!isThere)
        {
            throw new InvalidOperationException(message);
        }
    }

    private void Finish()
    {
        Run.States.Clear(Last);
        (IsRecorded, HasGradients) = (false, true);
    }

    private enum JobKind
    {
        Forward,
        Backward,
        Loss,
    }

    private sealed class Job(RecordedPass pass) : IPinnedRun, ITeamJob
    {
        public JobKind Kind { get; set; }

        public float* DY { get; set; }

        public void Run()
        {
            if (Kind != JobKind.Forward)
            {
                pass.Runner.RunRows(this);
                return;
            }

            var first = 0;
            pass.Runner.NextGroup(ref first);
            if (first < pass.Runner.Input.Count)
            {
                throw new InvalidOperationException(
                    $"{pass.Runner.Info.Name}: the batch has more positions than there is room for (MaxPositions).");
            }

            pass.Runner.RunPlan(this);
        }

        public void Execute(int worker, int workers)
        {
            var (runner, run) = (pass.Runner, pass.Run);
            if (Kind == JobKind.Forward)
            {
                if (pass.hasGiven)
                    run.States.Restore(First, worker);

                runner.Rows.Gather(worker, in runner.From);
                runner.Forward.Run(worker);
                if (runner.From.Y != null)
                    runner.Rows.CopyOutputs(worker, runner.From.Y, normalizes: false);

                return;
            }

            if (Kind == JobKind.Loss)
            {
                run.Loss.Run(worker, in runner.From, run.Backward.DOutput);
            }
            else
            {
                runner.Rows.GatherGradients(worker, DY, run.Backward.DOutput);
            }

            run.Backward.ClearStateGradients(worker);
            pass.RestoreGradients(worker);
            run.Return(worker);
        }
    }

    /// <summary>The gradients of last states that were set become those of a worker's rows.</summary>
    private void RestoreGradients(int worker)
    {
        var rows = Runner.Plan.Rows(worker);
        foreach (var step in Runner.Workspace.Steps)
        {
            for (var s = 0; s < step.StateSizes.Length && step.Info.IsRecurrent; s++)
            {
                var floats = step.StateSizes[s];
                for (var row = rows.Begin; row < rows.End; row++)
                {
                    var from = Run.States.At(Last, Runner.Plan[step.Time].Sequence[row], step.Index, s);
                    Kernels.VectorRows.Copy(from, Run.Backward.StateGradient(step.Index, s) + ((nint)row * floats), floats);
                }
            }
        }
    }
}
