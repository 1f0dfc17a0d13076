using FastRnnEmbedded._1;

const int Rate = 48_000, Block = 64;

// Without a seed a model has the weights that it was built with. One model serves any number of sessions on any number of threads; a
// session is one stream, with its state.
var model = new EffectModel();
using var session = model.CreateSession();
var (input, output) = (new float[Block], new float[Block]);
session.Run(input, output);
session.Reset();

var (peak, before) = (0f, GC.GetAllocatedBytesForCurrentThread());
for (var first = 0; first + Block <= Rate; first += Block)
{
    // A block from the device: here a note that dies away.
    for (var i = 0; i < Block; i++)
    {
        var t = (float)(first + i) / Rate;
        input[i] = MathF.Sin(2 * MathF.PI * 110 * t) * MathF.Exp(-3 * t);
    }

    session.Run(input, output);
    foreach (var sample in output)
    {
        peak = Math.Max(peak, Math.Abs(sample));
    }
}

var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
Console.WriteLine($"one second in blocks of {Block}, vectors of {(int)model.Width} bits: peak {peak}, {allocated} bytes allocated");
