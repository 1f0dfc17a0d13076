using System.Globalization;
using System.Text;

namespace FastRnn.Tables.Tests;

/// <summary>Made tables: measurements of stations, and sequences of three kinds.</summary>
internal static class Measurements
{
    /// <summary>Hours of stations: a wave of a day whose height depends on a category that stays for a while, which no linear method knows;
    /// with gaps in time and empty cells.</summary>
    /// <param name="rows">Rows of all stations.</param>
    /// <param name="stations">Stations.</param>
    /// <param name="change">Changes the price of a row, by its number.</param>
    public static string Csv(int rows, int stations = 2, Func<int, double, double>? change = null)
    {
        var random = new Random(7);
        var text = new StringBuilder("timestamp,station,sky,price,volume,wind,heat,damp\n");
        for (var s = 0; s < stations; s++)
        {
            var (time, level, sky) = (new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), 0.0, 0);
            for (var i = 0; i < rows / stations; i++)
            {
                time = time.AddHours(random.Next(20) == 0 ? 3 : 1);
                sky = random.Next(40) == 0 ? random.Next(3) : sky;
                level = (0.8 * level) + (random.NextDouble() - 0.5);
                var price = 50 + ((8 - (7 * sky)) * Math.Sin(2 * Math.PI * time.Hour / 24)) + level + s;
                price = change?.Invoke((s * (rows / stations)) + i, price) ?? price;
                double[] numbers = [price, 100 + (20 * level), random.NextDouble(), 15 + Math.Cos(time.Hour), random.NextDouble() * 7];
                text.Append(
                    CultureInfo.InvariantCulture,
                        $"{time:yyyy-MM-dd HH:mm},s{s},{(random.Next(50) == 0 ? "" : "cloud sun rain".Split(' ')[sky])}");
                foreach (var number in numbers)
                    text.Append(',').Append(random.Next(50) == 0 ? "" : number.ToString("0.###", CultureInfo.InvariantCulture));
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Sequences of 10 to 79 steps: a wave that rises, falls or stays; the third is rare.</summary>
    public static string Sequences(int count)
    {
        var random = new Random(3);
        var text = new StringBuilder("id,kind,x,y\n");
        for (var s = 0; s < count; s++)
        {
            var kind = random.Next(10) switch { < 5 => "rise", < 9 => "fall", _ => "stay" };
            var (length, slope) = (random.Next(10, 80), kind == "rise" ? 1.0 : kind == "fall" ? -1 : 0);
            for (var i = 0; i < length; i++)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"q{s},{kind},{(slope * i / length) + (0.3 * (random.NextDouble() - 0.5)):0.###},{random.NextDouble():0.###}\n");
            }
        }

        return text.ToString();
    }
}
