namespace FastRnn.Execution;

/// <summary>The masks of a zoneout (Krueger et al. 2016) where each step has its own: before a kernel walks over a segment, its slots are
/// filled. In inference a mask is one number for all steps, which <see cref="FirstStates"/> writes once.</summary>
internal sealed unsafe class ZoneoutMasks(Workspace workspace, BatchPlan plan, PassKey key)
{
    private readonly int mostStates = workspace.Info.Layers.Max(l => l.States.Count);

    /// <summary>The masks of a worker's rows of a segment, and those behind its last step, with which the next segment begins.</summary>
    public void Fill(LayerStep step, in Segment segment)
    {
        foreach (var state in step.Zoned)
        {
            ref var buffer = ref workspace[step.Index].States[state];
            if (buffer.Step == 0)
            {
                continue;
            }

            nint floats = step.StateSizes[state];
            var (start, size) = (step.Starts[state], step.Info.States[state].Size);
            for (var t = segment.From; t <= segment.To; t++)
            {
                var slot = buffer.Values + ((segment.Slot + ((nint)(t - segment.From) * segment.Batch)) * floats);
                for (var row = segment.RowBegin; row < segment.RowEnd; row++)
                {
                    var values = new Span<float>(slot + (row * floats), (int)floats);
                    if (key.IsTraining)
                    {
                        var sequence = plan[step.Time].Sequence[segment.FirstRow + row];
                        values[size..].Clear();
                        Draw(values[..size], RandomMask.ZoneoutRow(
                            key.Value, (step.Index * mostStates) + state, sequence, plan.FirstStep + t), start.Value);
                    }
                    else
                    {
                        values.Fill(start.Value);
                    }
                }
            }
        }
    }

    private static void Draw(Span<float> values, ulong row, float rate)
    {
        for (var unit = 0; unit < values.Length; unit++)
        {
            values[unit] = RandomMask.Held(row, unit, rate);
        }
    }
}
