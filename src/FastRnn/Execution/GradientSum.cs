using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>The gradients from several readers become one, in place of the first.</summary>
internal static unsafe class GradientSum
{
    /// <summary>Of all steps of a worker's rows.</summary>
    /// <param name="gradients">One a reader.</param>
    /// <param name="size">Floats of a row.</param>
    /// <param name="time">Along which time they lie.</param>
    /// <param name="worker">The worker.</param>
    public static void Of(List<nint> gradients, int size, TimeRows time, int worker)
    {
        var (begin, end) = time.SegmentsOf(worker);
        for (var s = begin; s < end; s++)
        {
            ref var segment = ref time.Segments[s];
            Of(gradients, size, in segment, segment.From, segment.To);
        }
    }

    /// <summary>Of some steps of a segment.</summary>
    public static void Of(List<nint> gradients, int size, in Segment segment, int from, int to)
    {
        for (var i = 1; i < gradients.Count; i++)
        {
            for (var t = from - segment.From; t < to - segment.From; t++)
            {
                var first = (segment.Position + ((nint)t * segment.Batch) + segment.RowBegin) * size;
                VectorRows.Add((float*)gradients[i] + first, (float*)gradients[0] + first, (segment.RowEnd - segment.RowBegin) * size);
            }
        }
    }
}
