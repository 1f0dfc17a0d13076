namespace FastRnn.Benchmarks.Cells;

/// <summary>A measurement.</summary>
/// <param name="Group">cells, shapes, losses or lengths.</param>
/// <param name="Name">Of the cell, the shape or the lengths.</param>
/// <param name="Parameters">Learned numbers of the recurrent layers.</param>
/// <param name="TrainNs">A whole training step of the batch, two threads.</param>
/// <param name="StepNs">A step of one stream, one thread; null where there is none.</param>
/// <param name="Positions">Positions of the batch.</param>
/// <param name="AllocatedBytes">In all turns.</param>
internal sealed record CellRow(
    string Group, string Name, int Parameters, double TrainNs, double? StepNs, int Positions, long AllocatedBytes);
