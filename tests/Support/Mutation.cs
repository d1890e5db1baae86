namespace NacrithOnnx.Tests.Support;

/// <summary>Random damage for fuzzing.</summary>
internal static class Mutation
{
    /// <summary>Bytes that are significant in MessagePack, or boundary values.</summary>
    private static readonly byte[] Interesting =
        [0x00, 0x01, 0x7F, 0x80, 0x81, 0x90, 0x9F, 0xC0, 0xC4, 0xC6, 0xCC, 0xCF, 0xD3, 0xDB, 0xDD, 0xDF, 0xFF];

    /// <summary>Overwrites, removes, inserts or doubles a few bytes, with a preference for significant ones.</summary>
    public static byte[] Of(byte[] source, Random random)
    {
        var bytes = new List<byte>(source);
        for (var count = random.Next(1, 4); count > 0 && bytes.Count > 0; count--)
        {
            var index = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[index] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[index] = Interesting[random.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(index, Math.Min(random.Next(1, 4), bytes.Count - index));
                    break;
                case 3:
                    bytes.Insert(index, Interesting[random.Next(Interesting.Length)]);
                    break;
                default:
                    bytes.InsertRange(index, bytes.GetRange(index, Math.Min(random.Next(1, 9), bytes.Count - index)));
                    break;
            }
        }

        return [.. bytes];
    }
}
