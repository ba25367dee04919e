-- The same distance, of points that hardly differ too: PostgreSQL refuses a float8 that is too small to be written ("value out of range:
-- underflow"), so one place at a latitude of 1e-300 made every distance to the equator an error. Less than a billionth of a degree,
-- a tenth of a millimetre, is none.
CREATE OR REPLACE FUNCTION distance_km(lat1 float8, lon1 float8, lat2 float8, lon2 float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 2 * 6371.0088 * asin(sqrt(least(1.0,
    CASE WHEN abs(lat2 - lat1) < 1e-9 THEN 0 ELSE sin(radians(lat2 - lat1) / 2) ^ 2 END
    + cosd(lat1) * cosd(lat2) * CASE WHEN abs(lon2 - lon1) < 1e-9 THEN 0 ELSE sin(radians(lon2 - lon1) / 2) ^ 2 END)))
$$;
