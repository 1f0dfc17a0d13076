using System.Diagnostics;
using System.Globalization;

using FastRnn.Files;
using FastRnn.Imported;

// The series and what PyTorch made of it: written by train.py, together with the network.
using var file = SafeTensorsReader.Open(args is [var path] ? path : Path.Combine(AppContext.BaseDirectory, "mackey_glass.io.safetensors"));
var (x, torch) = (Read("input.x"), Read("output.y"));

// The weights are in the program.
using var model = new MackeyGlass();
using var session = model.CreateSession(new() { Threads = 1 });
var y = new float[1];
float difference = 0;
double error = 0, last = 0;
for (var t = 0; t < x.Length; t++)
{
    session.Step(x.AsSpan(t, 1), y);
    difference = Math.Max(difference, Math.Abs(y[0] - torch[t]));
    if (t >= 100 && t + 1 < x.Length)
    {
        error += Math.Pow(y[0] - x[t + 1], 2);
        last += Math.Pow(x[t] - x[t + 1], 2);
    }
}

var count = x.Length - 101;
Line($"{x.Length} steps that it has not seen: mean squared error {error / count:0.000e+00}; the last value: {last / count:0.000e+00}");
Line($"largest difference from PyTorch's own outputs: {difference:0.0e+00}");

var times = new double[2001];
for (var i = 0; i < times.Length; i++)
{
    var begin = Stopwatch.GetTimestamp();
    for (var t = 0; t < 100; t++)
        session.Step(x.AsSpan(t, 1), y);
    times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / 100;
}

Array.Sort(times);
Line($"one step of one stream: {times[times.Length / 2]:0.00} us (median)");
return difference <= 2e-6f ? 0 : 1;

float[] Read(string name)
{
    var tensor = file.Find(name) ?? throw new InvalidDataException($"there is no tensor '{name}'");
    var values = new float[tensor.Count];
    file.Read<float>(tensor, 0, values);
    return values;
}

static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
